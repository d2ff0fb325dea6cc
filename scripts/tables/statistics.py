"""The figures of a division as tables."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from domain.divisions import name
from domain.words import Language, Phrase, Reason
from projections.statistics import Band, Compliance, Statistics, Strength
from scripts.sheets import Cell, Code, Sheet
from scripts.tables import frame, terms

TITLE = Phrase("统计", "Statistics")
SECTION = Phrase("类别", "Section")
ITEM = Phrase("项目", "Item")
CODE = Phrase("区划代码", "Code")
FIGURE = Phrase("数值", "Figure")

HEADCOUNT = Phrase("在岗人数", "Headcount")
EVERYONE = Phrase("在岗", "In a post")
FULL_TIME = Phrase("全日制", "full-time")
PART_TIME = Phrase("非全日制", "part-time")
NO_ROLE = Phrase("岗位未载明", "role not recorded")
POST = Phrase("{role},{time}", "{role}, {time}")

STANDARD = Phrase("配备标准(第五条)", "Staffing standard (Art. 5)")
POPULATION = Phrase("城镇常住人口", "Urban residents")
EXACT = Phrase("按每万人 {rate} 人折算", "At {rate} per 10,000 residents")
ROUNDED = Phrase("标准人数(舍去小数)", "Standard in people (rounded down)")
COUNTED = Phrase("全日制在岗人数", "People in full-time posts")
DIFFERENCE = Phrase("超出(+)或不足(-)", "Over (+) or under (-)")

OFFICES = Phrase("任职", "Offices held")
PARTS = Phrase("下级区划", "Subdivisions")
OF_THEM_FULL_TIME = Phrase("{division}:其中全日制", "{division}: of them full-time")

TENURE = Phrase("累计工作年限(第二十三条)", "Cumulative service (Art. 23)")
UNDER = Phrase("不满 {high} 年", "under {high} year")
FROM = Phrase("{low} 年以上", "{low} years and more")
FROM_TO = Phrase("满 {low} 年不满 {high} 年", "{low} to under {high} years")

TRAINING = Phrase("专门培训(第二十条)", "Special training (Art. 20)")
OWING = Phrase("{year} 年应训人数", "{year}: people who owe hours")
REACHED = Phrase("{year} 年已达学时人数", "{year}: of them reached")
REACHED_SO_FAR = Phrase("{year} 年截至当日已达学时人数", "{year}: of them reached so far")
MISSING = Phrase("{year} 年尚缺学时合计", "{year}: hours missing in all")

FINDINGS = Phrase("未了发现问题", "Open findings")
OF_ARTICLE = Phrase("第 {article} 条,{severity}", "Art. {article}, {severity}")
NOTHING = Phrase("没有未了的发现问题", "No finding is open")


class Row(NamedTuple):
    """One figure: what it is of, and of which division, if of another than the asked one."""

    section: Phrase
    item: str
    code: str
    figure: int | float
    signed: bool = False


def show(console: Console, answer: Statistics, language: Language) -> None:
    """All figures, a table a section."""
    frame.division_heading(console, TITLE, answer, language)
    sections: dict[Phrase, list[Row]] = {}
    for row in rows(answer, language):
        sections.setdefault(row.section, []).append(row)
    for section, these in sections.items():
        made = frame.table(language, ITEM, FIGURE, title=section)
        made.columns[1].justify = "right"
        for row in these:
            made.add_row(Text.assemble(row.item, (f" {row.code}", "dim") if row.code else ""), _number(row))
        console.print(made)
    if not answer.open_findings:
        console.print(NOTHING().say(language))
    frame.division_footing(console, answer, language)


def sheet(answer: Statistics, language: Language) -> Sheet:
    """One row a figure."""
    return Sheet((SECTION, ITEM, CODE, FIGURE), (_cells(row, language) for row in rows(answer, language)))


def rows(answer: Statistics, language: Language) -> Iterator[Row]:
    """All figures in the order in which they are told."""
    yield Row(HEADCOUNT, EVERYONE().say(language), "", answer.people)
    for post in answer.by_post:
        yield Row(HEADCOUNT, _post(post, language), "", post.people)
    yield from _standard(answer, language)
    for held in answer.offices:
        yield Row(OFFICES, terms.value(held.office, language), "", held.people)
    for part in answer.parts:
        called = name(part.division)
        yield Row(PARTS, called, part.division, part.people)
        if part.full_time != part.people:
            words = OF_THEM_FULL_TIME(division=called)
            yield Row(PARTS, words.say(language), part.division, part.full_time)
    for band in answer.tenure:
        yield Row(TENURE, _band(band).say(language), "", band.people)
    for year in answer.training:
        yield from _training(year, language)
    for found in answer.open_findings:
        severity = frame.WORDS[found.severity]().say(language)
        yield Row(FINDINGS, OF_ARTICLE(article=found.article, severity=severity).say(language), "", found.findings)


def _cells(row: Row, language: Language) -> list[Cell]:
    return [row.section().say(language), row.item, Code(row.code) if row.code else None, row.figure]


def _number(row: Row) -> str:
    """A figure in full: never in powers of ten."""
    if isinstance(row.figure, int):
        return f"{row.figure:+d}" if row.signed and row.figure else str(row.figure)
    return f"{row.figure:.4f}".rstrip("0").rstrip(".")


def _post(post: Strength, language: Language) -> str:
    role = terms.value(post.role, language) if post.role else NO_ROLE().say(language)
    return POST(role=role, time=FULL_TIME() if post.full_time else PART_TIME()).say(language)


def _standard(answer: Statistics, language: Language) -> Iterator[Row]:
    standard = answer.standard
    if standard is not None:
        yield Row(STANDARD, POPULATION().say(language), "", standard.population)
        yield Row(STANDARD, EXACT(rate=standard.per_ten_thousand).say(language), "", standard.exact)
        yield Row(STANDARD, ROUNDED().say(language), "", standard.people)
        yield Row(STANDARD, COUNTED().say(language), "", standard.full_time)
        yield Row(STANDARD, DIFFERENCE().say(language), "", standard.difference, signed=True)


def _band(band: Band) -> Reason:
    low, high = band.years_from, band.years_under
    if high is None:
        return FROM(low=low)
    if low == 0:
        return UNDER(high=high)
    return FROM_TO(low=low, high=high)


def _training(year: Compliance, language: Language) -> Iterator[Row]:
    reached = REACHED if year.finished else REACHED_SO_FAR
    yield Row(TRAINING, OWING(year=year.year).say(language), "", year.owing)
    yield Row(TRAINING, reached(year=year.year).say(language), "", year.reached)
    yield Row(TRAINING, MISSING(year=year.year).say(language), "", year.hours_missing)
