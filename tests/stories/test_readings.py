"""Where the law leaves room: every value of every reading, on a career for which it matters.

From 1 March 2018 to 30 June 2025 there are 2679 days, and ten years are reached on 1 March 2028.
"""

from collections.abc import Callable
from typing import Any

import pytest

from domain.regulation.readings import CHOICES, DEFAULT
from tests.given import (
    NEXT_DOOR,
    OTHER_STREET,
    Answer,
    assessed,
    back,
    commended,
    contract_ended,
    eligibility,
    findings,
    given,
    hired,
    into,
    leave,
    leave_over,
    out,
    prior,
    probation,
    registered,
    resigned,
    resolved,
    seconded,
    service_years,
    suspended,
    term,
    term_over,
    trained,
)

Then = Callable[[Answer], object]
BEGUN = hired("2018-03-01")


def years(**figures: Any) -> Then:
    return lambda answer: answer.then(**figures)


def finds(rule: str, **wanted: Any) -> Then:
    return lambda answer: answer.then_finds(rule, **wanted)


def no(rule: str) -> Then:
    return lambda answer: answer.then_does_not_find(rule)


def met(condition: str, met: str, since: str | None) -> Then:
    return lambda answer: answer.then_condition(condition, met, since)


TWO_POSTS = (hired("2020-03-02"), hired("2023-05-08", at=OTHER_STREET), contract_ended("2023-05-31"))
PRIOR = (
    prior("2024-11-01", "2024-11-30", "military"),
    prior("2024-12-01", "2024-12-31", "other_region"),
    prior("2025-01-01", "2025-01-31", "grid_worker"),
)
TERMS = (
    term("2014-03-03", mode="by_election"),
    term_over("2019-03-02", "removed"),
    term("2021-01-08", at=OTHER_STREET),
    term_over("2023-06-30", "transferred", at=OTHER_STREET),
    term("2023-07-01", at=NEXT_DOOR, mode="appointed"),
    term_over("2026-01-09", at=NEXT_DOOR),
)
EXCELLENT_LAST = (assessed(2023, "incompetent"), assessed(2024), assessed(2025, "excellent"))
COMMENDED = (assessed(2023), assessed(2024), assessed(2025), commended("2026-05-01"))
PERFORMANCE = "excellent_performance"

STORIES: list[tuple[str, tuple[Any, ...], Any, str, dict[str, Then]]] = [
    ("first_day", (hired("2025-03-01"),), service_years, "2025-03-31", {
        "counts": years(days=31, since="2025-03-01", ten_years_on="2035-03-01"),
        "excluded": years(days=30, since="2025-03-02", ten_years_on="2035-03-02"),
    }),
    ("completion", (hired("2014-09-01"),), service_years, "2024-08-31", {
        "anniversary": years(ten_years_complete="2024-08-31", ten_years_on="2024-09-01"),
        "civil_201": years(ten_years_complete="2024-09-01", ten_years_on="2024-09-02"),
    }),
    # 31 days of January and 31 of March; 62 days before 1 April lies 30 January.
    ("span", (hired("2020-01-01"), resigned("2020-01-31"), hired("2020-03-01")), service_years, "2020-03-31", {
        "shifted_start": years(span=(0, 2, 2)),
        "sum_30": years(span=(0, 2, 0)),
    }),
    # 29 June to 1 July lie between, and 1 July was a Monday.
    ("gap", (BEGUN, resigned("2024-06-28"), hired("2024-07-02")), service_years, "2025-06-30", {
        "0": years(since="2024-07-02"),
        "2": years(since="2024-07-02"),
        "3": years(since="2018-03-01", ten_years_on="2028-03-04"),
    }),
    ("rest_days_bridge", (BEGUN, resigned("2024-06-28"), hired("2024-07-01")), service_years, "2025-06-30", {
        "yes": years(since="2018-03-01", ten_years_on="2028-03-03"),
        "no": years(since="2024-07-01", ten_years_on="2034-07-01"),
    }),
    # 4 to 18 June lie between.
    ("transfer_gap", (BEGUN, out("2024-06-03"), into("2024-06-19")), service_years, "2025-06-30", {
        "15": years(since="2018-03-01", ten_years_on="2028-03-16"),
        "14": years(since="2024-06-19"),
    }),
    ("lawful_secondment", (BEGUN, seconded("2025-03-01"), back("2025-03-10")), service_years, "2025-06-30", {
        "counts": years(days=2679, continuous_days=2679, ten_years_on="2028-03-01"),
        "bridges": years(days=2669, continuous_days=2669, ten_years_on="2028-03-11"),
        "breaks": years(days=2669, since="2025-03-11", ten_years_on="2035-03-11"),
    }),
    # 2 to 11 June are past the limit.
    ("unlawful_secondment", (BEGUN, seconded("2025-03-01"), back("2025-06-11")), service_years, "2025-06-30", {
        "split": years(days=2679, continuous_days=2669, ten_years_on="2028-03-11"),
        "counts": years(days=2679, continuous_days=2679, ten_years_on="2028-03-01"),
        "bridges": years(days=2669, continuous_days=2669, ten_years_on="2028-03-11"),
        "breaks": years(days=2669, since="2025-06-12", ten_years_on="2035-06-12"),
    }),
    ("before_2024", (hired("2024-08-01"),), service_years, "2024-08-31", {
        "counts": years(days=31, since="2024-08-01", ten_years_on="2034-08-01"),
        "excluded": years(days=11, since="2024-08-21", ten_years_on="2034-08-21"),
    }),
    # From 3 December: 29 + 31 + 28 + 31 + 30 + 31 + 2 days.
    ("probation", (hired("2025-06-03", probation_until="2025-12-02"), probation("2025-11-28")), service_years,
     "2026-06-02", {
        "counts": years(days=365, since="2025-06-03"),
        "excluded_if_failed": years(days=182, since="2025-12-03", continuous_days=182, ten_years_on="2035-12-03"),
    }),
    # 1 to 10 February are beyond the medical period.
    ("sick_leave", (BEGUN, leave("2025-01-01", "sick", "2025-01-31"), leave_over("2025-02-10")), service_years,
     "2025-06-30", {
        "bridges": years(days=2669, continuous_days=2669, ten_years_on="2028-03-11"),
        "counts": years(days=2679, continuous_days=2679, ten_years_on="2028-03-01"),
        "breaks": years(days=2669, since="2025-02-11", ten_years_on="2035-02-11"),
    }),
    ("unpaid_leave", (BEGUN, leave("2025-01-01"), leave_over("2025-01-10")), service_years, "2025-06-30", {
        "bridges": years(days=2669, since="2018-03-01", ten_years_on="2028-03-11"),
        "breaks": years(days=2669, since="2025-01-11", ten_years_on="2035-01-11"),
    }),
    ("suspension", (BEGUN, suspended("2025-01-01"), resolved("2025-01-10")), service_years, "2025-06-30", {
        "bridges": years(days=2669, since="2018-03-01", ten_years_on="2028-03-11"),
        "counts": years(days=2679, since="2018-03-01", ten_years_on="2028-03-01"),
        "breaks": years(days=2669, since="2025-01-11", ten_years_on="2035-01-11"),
    }),
    # November has 30 days, December and January 31, February 28. Left out, a month breaks.
    ("prior_service", (*PRIOR, hired("2025-02-01")), service_years, "2025-02-28", {
        "grid_worker": years(days=59, continuous_days=59, since="2025-01-01"),
        "other_region": years(days=59, continuous_days=28, since="2025-02-01"),
        "military": years(days=58, continuous_days=28, since="2025-02-01"),
        "grid_worker,other_region": years(days=90, since="2024-12-01"),
        "grid_worker,other_region,military": years(days=120, since="2024-11-01"),
        "none": years(days=28, since="2025-02-01"),
    }),
    ("full_term", (hired("2014-03-03"), *TERMS), eligibility, "2026-11-24", {
        "by_term": met("full_term", "no", None),
        "60_months": met("full_term", "yes", "2019-03-03"),
        "over_3_years": met("full_term", "yes", "2017-03-04"),
        "cross_community": met("full_term", "yes", "2026-01-10"),
    }),
    ("part_time", (hired("2025-03-01", full_time=False),), service_years, "2025-03-31", {
        "excluded": years(days=0, since=None, ten_years_on=None),
        "counts": years(days=31, since="2025-03-01", ten_years_on="2035-03-01"),
    }),
    # Three months end on 1 June, on 31 May, or on 3 June, the first workday after the Dragon Boat holiday.
    ("limit", (BEGUN, seconded("2025-03-01"), back("2025-06-04")), service_years, "2025-06-30", {
        "civil": years(continuous_days=2676),
        "inclusive": years(continuous_days=2675),
        "rollover": years(continuous_days=2678),
    }),
    ("on", (hired("2025-03-01"),), service_years, "2025-03-31", {
        "inclusive": years(days=31, span=(0, 1, 0), continuous_days=31, ten_years_on="2035-03-01"),
        "exclusive": years(days=30, span=(0, 0, 30), continuous_days=30, ten_years_on="2035-03-01"),
    }),
    ("retroactive", TWO_POSTS, findings, "2026-11-24", {
        "info": finds("double_post", severity="info"),
        "breach": finds("double_post", severity="breach"),
    }),
    # From 2 July there are 183 of 365 days: 20.05 of 40 hours.
    ("training_year", (hired("2025-07-02"), trained("2025-10-10", 20)), findings, "2026-11-24", {
        "calendar": no("training_hours_short"),
        "pro_rata": finds("training_hours_short"),
    }),
    ("training_year", (hired("2025-07-02"), trained("2025-10-10", 20.5)), findings, "2026-11-24", {
        "pro_rata": no("training_hours_short"),
    }),
    ("two_fails", (BEGUN, assessed(2023, "incompetent"), assessed(2025, "incompetent")), findings, "2026-11-24", {
        "adjacent": finds("two_incompetent_years", severity="review"),
        "ignore_skipped": finds("two_incompetent_years", severity="breach"),
    }),
    (PERFORMANCE, (BEGUN, *EXCELLENT_LAST), eligibility, "2026-11-24", {
        "latest_three": met(PERFORMANCE, "no", None),
        "latest_excellent": met(PERFORMANCE, "yes", "2026-02-20"),
        "commended_counts": met(PERFORMANCE, "no", None),
    }),
    (PERFORMANCE, (BEGUN, *COMMENDED), eligibility, "2026-11-24", {
        "latest_three": met(PERFORMANCE, "no", None),
        "latest_excellent": met(PERFORMANCE, "no", None),
        "commended_counts": met(PERFORMANCE, "yes", "2026-05-01"),
    }),
    # Born in the first month of the table for 50: 50 years and 1 month.
    ("retirement_female", (registered("1975-01-20"), BEGUN), findings, "2026-11-24", {
        "55": no("retirement_overdue"),
        "50": finds("retirement_overdue", since="2025-02-21"),
    }),
]  # fmt: skip
ASKED = [(name, value, *rest, thens[value]) for name, *rest, thens in STORIES for value in thens]


@pytest.mark.parametrize(
    ("name", "value", "story", "question", "on", "then"), ASKED, ids=[f"{row[0]}={row[1]}" for row in ASKED]
)
def test_an_answer_is_given_under_the_reading_that_was_asked_for(
    name: str, value: str, story: tuple[Any, ...], question: Any, on: str, then: Then
) -> None:
    then(given(*story).when_asked(question, on=on, reading={name: value}))


DEFAULTS = [row for row in ASKED if row[1] == str(getattr(DEFAULT, row[0]))]


@pytest.mark.parametrize(
    ("name", "value", "story", "question", "on", "then"), DEFAULTS, ids=[f"{row[0]}={row[1]}" for row in DEFAULTS]
)
def test_without_a_reading_the_default_is_taken(
    name: str, value: str, story: tuple[Any, ...], question: Any, on: str, then: Then
) -> None:
    then(given(*story).when_asked(question, on=on))


def test_every_value_of_every_reading_has_a_story() -> None:
    told = {(name, value) for name, value, *_ in ASKED}
    named = {(name, value) for name, choice in CHOICES.items() for value in choice.values}
    defaults = {(name, str(getattr(DEFAULT, name))) for name in CHOICES}
    assert (named | defaults) - told == set()


def test_first_day_excluded_bridges_the_first_day_of_every_unbroken_stretch() -> None:
    # 30 days of January and 30 of March.
    given(hired("2020-01-01"), resigned("2020-01-31"), hired("2020-03-01")).when_asked(
        service_years, on="2020-03-31", reading={"first_day": "excluded"}
    ).then(days=60, since="2020-03-02", continuous_days=30)


def test_first_day_excluded_leaves_a_first_day_after_a_bridge() -> None:
    # 27 days of June, and all 31 of July.
    given(hired("2024-06-01"), resigned("2024-06-28"), hired("2024-07-01")).when_asked(
        service_years, on="2024-07-31", reading={"first_day": "excluded"}
    ).then(days=58, since="2024-06-02")


def test_a_probation_that_was_passed_is_not_excluded() -> None:
    given(hired("2025-06-03", probation_until="2025-12-02"), probation("2025-11-28", passed=True)).when_asked(
        service_years, on="2026-06-02", reading={"probation": "excluded_if_failed"}
    ).then(days=365)


def test_a_suspension_that_was_cleared_counts_even_if_others_break() -> None:
    given(BEGUN, suspended("2025-01-01"), resolved("2025-01-10", "cleared")).when_asked(
        service_years, on="2025-06-30", reading={"suspension": "breaks"}
    ).then(days=2679, since="2018-03-01")


def test_read_so_service_before_the_regulation_bridges() -> None:
    given(hired("2024-08-01")).when_asked(
        service_years, on="2024-08-31", reading={"before_2024": "excluded"}
    ).then_spells(("2024-08-01", "2024-08-20", "bridge"), ("2024-08-21", "2024-08-31", "count"))
