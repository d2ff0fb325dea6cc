"""Never refused: what was recorded late or in another order, and what did happen although a rule forbids it."""

from itertools import permutations
from typing import Any

import pytest

from tests.given import (
    NEXT_DOOR,
    OTHER_STREET,
    assessed,
    back,
    commended,
    eligibility,
    findings,
    given,
    hired,
    into,
    joined_party,
    leave,
    leave_over,
    prior,
    registered,
    resigned,
    resolved,
    seconded,
    service_years,
    suspended,
    term,
    term_over,
    trained,
    voided,
)

BEGUN = hired("2020-03-02")


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_facts_may_be_recorded_in_any_order(order: tuple[int, ...]) -> None:
    # 31 days of January, less the ten from 6 to 15 January.
    facts = (hired("2025-01-01"), leave("2025-01-06"), leave_over("2025-01-15"), resigned("2025-01-31"))
    given().when_recorded(*(facts[place] for place in order)).is_accepted()
    given(*(facts[place] for place in order)).when_asked(service_years).then(days=21, unplaced=[])


def test_a_fact_may_be_recorded_years_late() -> None:
    given(BEGUN, resigned("2024-05-31")).when_recorded(leave("2021-02-01"), leave_over("2021-05-31")).is_accepted()


@pytest.mark.parametrize(
    ("end", "begin"),
    [
        (leave_over("2025-01-15"), leave("2025-01-15")),
        (back("2025-01-15"), seconded("2025-01-15", "banner_or_above")),
        (resolved("2025-01-15"), suspended("2025-01-15")),
    ],
)
def test_what_lasted_a_single_day_may_be_recorded_end_first(end: Any, begin: Any) -> None:
    given(hired("2025-01-01"), end, begin).when_asked(service_years, on="2025-01-31").then(
        continuous_days=30, unplaced=[]
    )


@pytest.mark.parametrize("first", ["the resignation", "the hiring"])
def test_one_may_resign_and_be_hired_again_on_one_day_in_one_community(first: str) -> None:
    last, again = resigned("2024-05-31"), hired("2024-05-31")
    facts = (last, again) if first == "the resignation" else (again, last)
    given(hired("2024-05-01"), *facts).when_asked(service_years, on="2024-06-30").then(
        days=61, since="2024-05-01", ten_years_on="2034-05-01"
    )


def test_an_end_of_term_recorded_after_the_resignation_of_the_same_day_keeps_its_cause() -> None:
    story = (hired("2014-03-03"), term("2021-01-08"), resigned("2026-01-07"))
    given(*story).when_asked(eligibility).then_condition("full_term", "no", None)
    given(*story, term_over("2026-01-07", "turnover")).when_asked(eligibility).then_condition(
        "full_term", "yes", "2026-01-08"
    )


def test_an_end_of_term_after_the_resignation_is_refused_on_any_other_day() -> None:
    given(hired("2014-03-03"), term("2021-01-08"), resigned("2026-01-07")).when_recorded(
        term_over("2026-01-08", "turnover")
    ).is_refused(contradicting=3)


@pytest.mark.parametrize(
    "fact",
    [
        prior("2015-01-01", "2016-12-31"),
        trained("2024-04-09"),
        assessed(2024),
        commended("2024-05-01"),
        joined_party("2024-07-01"),
        into("2024-07-01"),
        hired("2024-07-01"),
    ],
)
def test_a_career_may_begin_with_any_fact_and_be_registered_later(fact: Any) -> None:
    given().when_recorded(fact, registered()).is_accepted()


def test_hired_again_in_another_community_is_a_finding_and_not_refused() -> None:
    given(BEGUN).when_recorded(hired("2021-06-01", at=OTHER_STREET)).is_accepted()


@pytest.mark.parametrize("other", [term("2021-06-01", "director"), term("2021-06-01", at=NEXT_DOOR)])
def test_another_office_or_the_same_elsewhere_may_be_held_beside(other: Any) -> None:
    given(BEGUN, term("2021-01-08")).when_recorded(other).is_accepted()


def test_what_was_voided_may_be_recorded_again_with_another_day() -> None:
    given(BEGUN, leave("2024-05-06"), voided(2)).when_recorded(leave("2024-05-07")).is_accepted()


def test_a_secondment_of_four_months_is_a_finding_and_not_refused() -> None:
    story = given(BEGUN)
    story.when_recorded(seconded("2025-03-03"), back("2025-07-04")).is_accepted()
    given(BEGUN, seconded("2025-03-03"), back("2025-07-04")).when_asked(findings).then_finds("secondment_over_limit")


def test_another_office_may_register_the_same_person_alike() -> None:
    given(registered(), hired("2020-03-02")).when_recorded(registered()).is_accepted()
