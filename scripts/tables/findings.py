"""Findings as a table, and in other answers as one line that counts them."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from domain.regulation.finding import Finding
from domain.words import Language, Phrase
from projections.findings import Findings
from scripts.sheets import Sheet
from scripts.tables import frame

TITLE = Phrase("发现问题", "Findings")
ARTICLE = Phrase("条款", "Article")
ENTRIES = Phrase("记录", "Entries")
WHY = Phrase("规则与理由", "Rule, and why")
RULE = Phrase("规则", "Rule")
REASON = Phrase("理由", "Why")
CLEAN = Phrase("没有发现问题", "Nothing was found")
SUMMARY = Phrase(
    "发现问题:违反 {breach} 项,待核 {review} 项,提示 {info} 项(详见 findings)",
    "Findings: {breach} breaches, {review} to review, {info} for information (see `findings`)",
)


def show(console: Console, answer: Findings, language: Language) -> None:
    """All findings of a career."""
    frame.heading(console, TITLE, answer, language)
    if answer.findings:
        rows(console, answer.findings, language)
    else:
        console.print(CLEAN().say(language))
    footing(console, answer, language)


def footing(console: Console, answer: Findings, language: Language) -> None:
    """Under which readings, and what was set aside."""
    frame.footing(console, answer.readings, answer.rules, answer.unplaced, language)


def sheet(answer: Findings, language: Language) -> Sheet:
    """One row a finding."""
    return Sheet(
        (ARTICLE, RULE, frame.SEVERITY, frame.SINCE, frame.UNTIL, REASON, ENTRIES),
        (
            (
                *(one.article, one.rule, frame.WORDS[one.severity]().say(language), one.since, one.until),
                *(one.why.say(language), frame.entries(one.entries)),
            )
            for one in answer.findings
        ),
    )


def rows(console: Console, found: Sequence[Finding], language: Language, title: Phrase | None = None) -> None:
    """Findings, one a row."""
    made = frame.table(language, frame.SEVERITY, ARTICLE, frame.SINCE, frame.UNTIL, WHY, ENTRIES, title=title)
    for one in found:
        made.add_row(
            frame.word(one.severity, language),
            one.article,
            str(one.since),
            frame.day(one.until, language, frame.ONGOING),
            Text.assemble((one.rule, "bold"), "\n", one.why.say(language)),
            frame.entries(one.entries),
        )
    console.print(made)


def summary(console: Console, found: Sequence[Finding], language: Language) -> None:
    """How many there are of each severity."""
    counts = dict.fromkeys(("breach", "review", "info"), 0)
    for one in found:
        counts[one.severity] += 1
    words = SUMMARY(**counts) if found else CLEAN()
    console.print(Text(words.say(language), style="yellow" if counts["breach"] else ""))
