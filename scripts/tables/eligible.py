"""The secretaries of a division under Art. 32 as a table: from when on, and what is missing."""

from rich.console import Console
from rich.text import Text

from domain.divisions import name
from domain.words import Language, Phrase
from projections.eligible import Eligible, Secretary
from scripts.sheets import Cell, Code, Sheet
from scripts.tables import eligibility, frame
from scripts.tables.roster import CAREER, CODE, COMMUNITY, PERSON

TITLE = Phrase("书记优选资格名单(第三十二条)", "Secretaries' eligibility (Art. 32)")
ELIGIBLE = Phrase("符合", "Eligible")
ELIGIBLE_ON = Phrase("符合之日", "Eligible on")
MISSING = Phrase("尚缺条件", "Missing")
NOT_IN_SIGHT = Phrase("照现状不会", "not in sight")
NOBODY = Phrase("没有符合所问条件的书记", "No such secretary on that day")
BEFORE = Phrase("只列 {before} 之前(不含当日)符合的", "Only those eligible before {before}, that day not included")


def show(console: Console, answer: Eligible, language: Language) -> None:
    """All that were asked for; a person decides."""
    frame.division_heading(console, TITLE, answer, language)
    if answer.secretaries:
        made = frame.table(language, PERSON, COMMUNITY, ELIGIBLE, ELIGIBLE_ON, MISSING)
        for one in answer.secretaries:
            made.add_row(
                frame.person(one.name, one.career, language),
                frame.where(one.community),
                frame.word(one.eligible, language),
                frame.day(one.eligible_on, language, NOT_IN_SIGHT),
                _missing(one, language),
            )
        frame.as_wide(made, COMMUNITY, ELIGIBLE_ON)
        console.print(made)
    else:
        console.print(NOBODY().say(language))
    footing(console, answer, language)


def footing(console: Console, answer: Eligible, language: Language) -> None:
    """What was left out, that this is advice, and the closing lines of every answer."""
    if answer.before is not None:
        console.print(BEFORE(before=answer.before).say(language))
    console.print(Text(eligibility.ADVICE().say(language), style="dim"))
    frame.division_footing(console, answer, language, len(answer.secretaries))


def sheet(answer: Eligible, language: Language) -> Sheet:
    """One row a secretary and community."""
    return Sheet(
        (PERSON, CAREER, COMMUNITY, CODE, ELIGIBLE, ELIGIBLE_ON, MISSING),
        (_row(one, language) for one in answer.secretaries),
    )


def _row(one: Secretary, language: Language) -> list[Cell]:
    return [
        one.name,
        one.career,
        name(one.community),
        Code(one.community),
        frame.WORDS[one.eligible]().say(language),
        one.eligible_on,
        _missing(one, language),
    ]


def _missing(one: Secretary, language: Language) -> str:
    between = "、" if language == "zh" else ", "
    return between.join(eligibility.NAMES[condition]().say(language) for condition in one.missing)
