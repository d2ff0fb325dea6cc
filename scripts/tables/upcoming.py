"""What comes due in a division as a table: when, what, for whom, where."""

from rich.console import Console
from rich.text import Text

from domain.divisions import name
from domain.words import Language, Phrase
from projections.upcoming import Item, Upcoming
from scripts.sheets import Cell, Code, Sheet
from scripts.tables import frame, terms
from scripts.tables.roster import CAREER, CODE, COMMUNITY, PERSON

TITLE = Phrase("即将到期", "Upcoming")
DUE = Phrase("到期日", "Due")
WHAT = Phrase("事项", "What")
DETAIL = Phrase("说明", "Detail")
MISSING = Phrase("尚缺学时", "Hours missing")
LACKS = Phrase("尚缺 {hours:g} 学时", "{hours:g} hours missing")
WITHIN = Phrase("自 {on} 起 {days} 天内,首末日均含", "Within {days} days from {on}, first and last day included")
NOTHING = Phrase("没有即将到期的事项", "Nothing comes due")
KINDS = {
    "contract": Phrase("劳动合同期满(第十二条)", "contract ends (Art. 12)"),
    "probation": Phrase("试用期满,待考核(第十二条)", "probation ends, not assessed yet (Art. 12)"),
    "retirement": Phrase("达到法定退休年龄(第三十条)", "retirement age (Art. 30)"),
    "secondment": Phrase("借调计划期满(第二十四条)", "secondment planned to end (Art. 24)"),
    "secondment_limit": Phrase("借调期限届满(第二十四条)", "secondment reaches its limit (Art. 24)"),
    "ten_years": Phrase("连续工作满十年(第三十二条)", "ten continuous years (Art. 32)"),
    "term": Phrase("任期预计届满", "term expected to end"),
    "training": Phrase("年度专门培训学时(第二十条)", "special training of the year (Art. 20)"),
}


def show(console: Console, answer: Upcoming, language: Language) -> None:
    """All of it, the nearest first."""
    frame.division_heading(console, TITLE, answer, language)
    console.print(WITHIN(days=answer.within, on=answer.on).say(language))
    if answer.items:
        made = frame.table(language, DUE, WHAT, PERSON, COMMUNITY)
        for one in answer.items:
            made.add_row(
                str(one.due),
                Text("\n".join(filter(None, (KINDS[one.kind]().say(language), _detail(one, language))))),
                frame.person(one.name, one.career, language),
                "\n".join(map(frame.where, one.communities)),
            )
        frame.as_wide(made, DUE, COMMUNITY)
        console.print(made)
    else:
        console.print(NOTHING().say(language))
    frame.division_footing(console, answer, language, len(answer.items))


def sheet(answer: Upcoming, language: Language) -> Sheet:
    """One row an item; its communities in one cell."""
    return Sheet(
        (DUE, WHAT, DETAIL, MISSING, PERSON, CAREER, COMMUNITY, CODE, frame.ENTRIES),
        (_row(one, language) for one in answer.items),
    )


def _row(one: Item, language: Language) -> list[Cell]:
    return [
        one.due,
        KINDS[one.kind]().say(language),
        _told(one, language),
        one.hours_missing,
        one.name,
        one.career,
        "; ".join(map(name, one.communities)),
        Code("; ".join(one.communities)),
        frame.entries(one.entries),
    ]


def _detail(one: Item, language: Language) -> str:
    """The hours, the host, or the office."""
    if one.hours_missing is not None:
        return LACKS(hours=one.hours_missing).say(language)
    return frame.safe(_told(one, language))


def _told(one: Item, language: Language) -> str:
    """An office by its term; a host as it was recorded."""
    return terms.value(one.detail, language) if one.kind == "term" else one.detail
