"""What comes due, and the figures of a division, as people are told: tables and sheets, in Chinese and in English."""

import io
from datetime import date
from typing import Any, get_args

import pytest
from rich.console import Console

from domain.facts import AnyFact, Seconded
from projections.statistics import statistics
from projections.upcoming import Kind, upcoming
from scripts import sheets
from scripts.tables import statistics as statistics_table
from scripts.tables import upcoming as upcoming_table
from tests.given import HOME, OTHER_LEAGUE, hired, registered, term, trained
from tests.kept.shelves import asked_of, entries_by_career, kept

ON = date(2026, 12, 1)
LENT = Seconded(
    first_day=date(2026, 11, 2), host="=街道\x1b[2J", host_level="street", planned_last_day=date(2026, 12, 24)
)
WORKER: tuple[AnyFact, ...] = (registered(), hired("2024-01-01"), term("2025-01-06"), trained("2026-04-10", 16), LENT)
OTHER: tuple[AnyFact, ...] = (hired("2025-01-01", OTHER_LEAGUE, full_time=False),)
LANGUAGES: Any = pytest.mark.parametrize("language", ["zh", "en"])
SHEETS: Any = {"upcoming": (upcoming, 30, upcoming_table), "statistics": (statistics, 1_234_567, statistics_table)}


def answer_and_table(name: str) -> tuple[Any, Any]:
    ask, number, told = SHEETS[name]
    with kept(entries_by_career([WORKER, OTHER])) as snapshot:
        return ask(snapshot, asked_of("15", ON), number), told


def shown(name: str, language: Any) -> str:
    answer, told = answer_and_table(name)
    file = io.StringIO()
    told.show(Console(file=file, width=120), answer, language)
    return file.getvalue()


def written(name: str, language: Any) -> list[str]:
    answer, told = answer_and_table(name)
    file = io.BytesIO()
    sheets.write(told.sheet(answer, language), language, file)
    return file.getvalue().decode("utf-8-sig").splitlines()


def test_every_kind_has_words():
    kinds = {kind for part in get_args(Kind) for kind in get_args(part) or (part,)}
    assert kinds == set(upcoming_table.KINDS)


def test_upcoming_says_when_what_for_whom_and_where():
    text = shown("upcoming", "zh")
    for words in ("2026-12-24", "借调计划期满(第二十四条)", "钱丽娟", HOME, "2026-12-31", "尚缺 40 学时"):
        assert words in text
    assert "\x1b" not in text
    assert "40 hours missing" in shown("upcoming", "en")


def test_a_host_is_no_formula_in_a_sheet():
    (row,) = [line for line in written("upcoming", "en") if "secondment planned to end" in line]
    assert "'=街道" in row


@LANGUAGES
@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_has_a_cell_for_every_heading(name, language):
    answer, told = answer_and_table(name)
    sheet = told.sheet(answer, language)
    assert {len(row) for row in sheet.rows} == {len(sheet.headings)}


def test_statistics_say_large_numbers_in_full_and_a_difference_with_its_sign():
    text = shown("statistics", "zh")
    for words in ("1234567", "2222.2206", "2222", "-2221", "不满 1 年", "尚缺学时合计"):
        assert words in text
    assert 'Staffing standard (Art. 5),"At 18 per 10,000 residents",,2222.2206' in written("statistics", "en")


@LANGUAGES
def test_nothing_and_nobody_are_said_too(language):
    with kept(entries_by_career([OTHER])) as snapshot:
        coming = upcoming(snapshot, asked_of("1525", ON), 0)
        figures = statistics(snapshot, asked_of("1525", ON))
    file = io.StringIO()
    upcoming_table.show(Console(file=file, width=120), coming, language)
    statistics_table.show(Console(file=file, width=120), figures, language)
    assert upcoming_table.NOTHING().say(language) in file.getvalue()
    assert statistics_table.NOTHING().say(language) in file.getvalue()
