"""Service years as tables: four figures, then every spell with its reason."""

from rich.console import Console

from domain.divisions import COMMUNITY
from domain.words import Language, Phrase
from projections.service_years import ServiceYears
from scripts.tables import findings as findings_table
from scripts.tables import frame

TITLE = Phrase("工作年限(第二十三条)", "Service years (Art. 23)")
MEASURE = Phrase("口径", "Measure")
CUMULATIVE = Phrase("累计(第二十三条)", "Cumulative (Art. 23)")
CONTINUOUS = Phrase("连续(第三十二条)", "Continuous (Art. 32)")
LENGTH = Phrase("年限", "Length")
DAYS = Phrase("天数", "Days")
COMPLETE = Phrase("满十年之日", "Ten years complete")
COUNTS_FROM = Phrase("十年自", "Counts as ten years on")
NOT_IN_SIGHT = Phrase("照现状不会满", "not in sight")
SPELLS = Phrase("逐段", "Spells")
WHERE = Phrase("社区", "Community")
ENTRIES = Phrase("记录", "Entries")
WHY = Phrase("理由", "Why")
WHERE_COLUMN = 3
"""Where the community stands: wide enough that its code is not broken."""


def show(console: Console, answer: ServiceYears, language: Language) -> None:
    """The answer to a transfer desk: how long, since when, and why."""
    frame.heading(console, TITLE, answer, language)
    figures = frame.table(language, MEASURE, LENGTH, DAYS, frame.SINCE, COMPLETE, COUNTS_FROM)
    cumulative, continuous = answer.cumulative, answer.continuous
    figures.add_row(CUMULATIVE().say(language), frame.span(cumulative.span, language), str(cumulative.days), "", "", "")
    figures.add_row(
        CONTINUOUS().say(language),
        frame.span(continuous.span, language),
        str(continuous.days),
        frame.day(continuous.since, language),
        frame.day(continuous.ten_years_complete, language, NOT_IN_SIGHT),
        frame.day(continuous.ten_years_on, language, NOT_IN_SIGHT),
    )
    console.print(figures)
    spells = frame.table(
        language,
        frame.FROM_TO,
        frame.CUMULATIVE,
        frame.CONTINUOUS,
        WHERE,
        WHY,
        ENTRIES,
        title=SPELLS,
    )
    for spell in answer.spells:
        spells.add_row(
            f"{spell.first_day}\n{spell.last_day}",
            frame.word(spell.cumulative, language),
            frame.word(spell.continuous, language),
            frame.place(spell.community),
            spell.why.say(language),
            frame.entries(spell.entries),
        )
    spells.columns[WHERE_COLUMN].min_width = COMMUNITY
    console.print(spells)
    findings_table.summary(console, answer.findings, language)
    frame.footing(console, answer.readings, answer.rules, answer.unplaced, language)
