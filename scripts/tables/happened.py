"""What happened in a division as a table: one fact a row, as it now reads."""

from rich.console import Console
from rich.text import Text

from domain.divisions import name
from domain.words import Language, Phrase
from projections.happened import Happened, Happenings
from scripts.sheets import Cell, Code, Sheet
from scripts.tables import frame
from scripts.tables.roster import CAREER, CODE, COMMUNITY, PERSON
from scripts.tables.wording import says, what

TITLE = Phrase("辖区事实", "What happened")
FACT = Phrase("事实", "Fact")
SAYS = Phrase("内容", "Says")
NUMBER = Phrase("第几条", "Entry")
RANGE = Phrase("{first} 至 {last},首尾两日在内", "From {first} to {last}, both inside")
MORE = Phrase("后面还有;续查请加 --after {next}", "There is more: go on with --after {next}")
NOTHING = Phrase("其间没有发生什么", "Nothing happened between these days")


def show(console: Console, answer: Happenings, language: Language) -> None:
    """All that was asked for, in order."""
    frame.division_heading(console, TITLE, answer, language)
    if answer.happened:
        made = frame.table(language, frame.DAY, PERSON, COMMUNITY, FACT, SAYS, frame.ENTRIES)
        for one in answer.happened:
            made.add_row(
                str(one.day),
                frame.person(one.name, one.career, language),
                "\n".join(map(frame.where, one.communities)),
                what(one.fact, language),
                says(one.fact, language),
                frame.entries(one.entries),
            )
        frame.as_wide(made, COMMUNITY)
        console.print(made)
    else:
        console.print(NOTHING().say(language))
    footing(console, answer, language)


def footing(console: Console, answer: Happenings, language: Language) -> None:
    """Between which days, whether there is more, and the closing lines of every answer."""
    console.print(RANGE(first=answer.first_day, last=answer.last_day).say(language))
    if answer.next is not None:
        console.print(Text(MORE(next=answer.next).say(language), style="yellow"), soft_wrap=True)
    frame.division_footing(console, answer, language, len(answer.happened))


def sheet(answer: Happenings, language: Language) -> Sheet:
    """One row a fact; its communities in one cell."""
    return Sheet(
        (frame.DAY, PERSON, CAREER, COMMUNITY, CODE, FACT, SAYS, frame.ENTRIES),
        (_row(one, language) for one in answer.happened),
    )


def _row(one: Happened, language: Language) -> list[Cell]:
    return [
        one.day,
        one.name,
        one.career,
        "; ".join(map(name, one.communities)),
        Code("; ".join(one.communities)),
        what(one.fact, language),
        says(one.fact, language),
        frame.entries(one.entries),
    ]
