"""Findings of a division as a table."""

from msgspec.json import decode
from rich.console import Console
from rich.text import Text

from domain.divisions import name
from domain.words import Language
from projections.division_findings import DivisionFinding, DivisionFindings
from scripts.sheets import Cell, Code, Sheet
from scripts.tables import findings, frame
from scripts.tables.roster import CAREER, CODE, COMMUNITY, PERSON

TITLE = findings.TITLE


def show(console: Console, answer: DivisionFindings, language: Language) -> None:
    """All that were asked for, by the day on which they began."""
    frame.division_heading(console, TITLE, answer, language)
    if answer.findings:
        made = frame.table(language, PERSON, COMMUNITY, findings.ARTICLE, frame.FROM_TO, findings.WHY)
        for one in answer.findings:
            made.add_row(
                frame.person(one.name, one.career, language),
                "\n".join(map(frame.where, one.communities)),
                _severity(one, language),
                f"{one.since}\n{frame.day(one.until, language, frame.ONGOING)}",
                Text.assemble((one.rule, "bold"), "\n", one.why.say(language)),
            )
        frame.as_wide(made, COMMUNITY)
        console.print(made)
    else:
        console.print(findings.CLEAN().say(language))
    frame.division_footing(console, answer, language, len(answer.findings))


def sheet(answer: DivisionFindings, language: Language) -> Sheet:
    """One row a finding; its communities in one cell."""
    return Sheet(
        (
            *(PERSON, CAREER, COMMUNITY, CODE, findings.ARTICLE, findings.RULE),
            *(frame.SEVERITY, frame.SINCE, frame.UNTIL, findings.REASON, frame.ENTRIES),
        ),
        (_row(one, language) for one in answer.findings),
    )


def _row(one: DivisionFinding, language: Language) -> list[Cell]:
    return [
        one.name,
        one.career,
        "; ".join(map(name, one.communities)),
        Code("; ".join(one.communities)),
        one.article,
        one.rule,
        frame.WORDS[one.severity]().say(language),
        one.since,
        one.until,
        one.why.say(language),
        frame.entries(decode(one.entries)),
    ]


def _severity(one: DivisionFinding, language: Language) -> Text:
    return Text.assemble(one.article, "\n", frame.word(one.severity, language))
