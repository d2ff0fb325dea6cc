"""A roster as a table: who, where, as what, since when, and for how long by then."""

from collections.abc import Iterator

from msgspec.json import decode
from rich.console import Console

from domain.divisions import name
from domain.words import Language, Phrase
from projections.roster import Grade, OnRoster, Roster
from scripts.sheets import Cell, Code, Sheet, yes_or_no
from scripts.tables import frame, terms

TITLE = Phrase("花名册", "Roster")
PERSON = Phrase("姓名", "Person")
CAREER = Phrase("履历", "Career")
COMMUNITY = Phrase("社区", "Community")
CODE = Phrase("社区代码", "Code")
ROLE = Phrase("岗位", "Post")
IN_POST_SINCE = Phrase("到岗日", "In post since")
HERE_SINCE = Phrase("到社区日", "Here since")
FULL_TIME = Phrase("全日制", "Full-time")
GRADE = Phrase("等级", "Grade")
OFFICES = Phrase("任职", "Offices")
SERVED = Phrase("累计年限", "Service")
DAYS = Phrase("累计天数", "Days of service")
UNBROKEN = Phrase("连续自", "Unbroken since")
PART_TIME = Phrase("非全日制", "part-time")
LEVEL = Phrase("{track} {level} 级", "{track}, level {level}")
OFFICE = Phrase("{office}({community})", "{office} ({community})")
NOBODY = Phrase("当日无人在岗", "Nobody was in a post on that day")


def show(console: Console, answer: Roster, language: Language) -> None:
    """Everyone in a post."""
    frame.division_heading(console, TITLE, answer, language)
    if answer.workers:
        made = frame.table(language, PERSON, COMMUNITY, ROLE, IN_POST_SINCE, SERVED, UNBROKEN)
        for one in answer.workers:
            made.add_row(
                frame.person(one.name, one.career, language),
                frame.where(one.community),
                _post(one, language),
                _since(one),
                frame.span(one.cumulative.span, language),
                frame.day(one.continuous_since, language, frame.DASH),
            )
        frame.as_wide(made, COMMUNITY, IN_POST_SINCE, UNBROKEN)
        console.print(made)
    else:
        console.print(NOBODY().say(language))
    frame.division_footing(console, answer, language, len(answer.workers))


def sheet(answer: Roster, language: Language) -> Sheet:
    """One row a post."""
    return Sheet(
        (
            *(PERSON, CAREER, COMMUNITY, CODE, ROLE, FULL_TIME, IN_POST_SINCE, HERE_SINCE, GRADE, OFFICES),
            *(SERVED, DAYS, UNBROKEN, frame.ENTRIES),
        ),
        (_row(one, language) for one in answer.workers),
    )


def _row(one: OnRoster, language: Language) -> list[Cell]:
    return [
        one.name,
        one.career,
        name(one.community),
        Code(one.community),
        _role(one, language),
        yes_or_no(one.full_time, language),
        one.in_post_since,
        one.here_since,
        _grade(one.grade, language),
        "; ".join(_offices(one, language)),
        frame.span(one.cumulative.span, language),
        one.cumulative.days,
        one.continuous_since,
        frame.entries(decode(one.entries)),
    ]


def _post(one: OnRoster, language: Language) -> str:
    """The role and all that is on top of it, a line each."""
    part_time = [] if one.full_time else [PART_TIME().say(language)]
    grade = _grade(one.grade, language)
    return "\n".join([_role(one, language), *part_time, *([grade] if grade else []), *_offices(one, language)])


def _role(one: OnRoster, language: Language) -> str:
    return terms.value(one.role, language) if one.role else "—"


def _grade(grade: Grade | None, language: Language) -> str:
    if grade is None:
        return ""
    return LEVEL(track=terms.value(grade.track, language), level=grade.level).say(language)


def _offices(one: OnRoster, language: Language) -> Iterator[str]:
    """Offices held; in which community if that is another one."""
    for held in decode(one.offices):
        office = terms.value(held["office"], language)
        elsewhere = held["community"] != one.community
        yield OFFICE(office=office, community=name(held["community"])).say(language) if elsewhere else office


def _since(one: OnRoster) -> str:
    """The day of the post, and under it that of the stay here if it is another."""
    return f"{one.in_post_since}" + (f"\n→{one.here_since}" if one.here_since != one.in_post_since else "")
