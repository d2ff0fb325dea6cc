"""Article 32: a secretary with ten continuous years, a full term and excellent performance, and what they come to."""

from typing import Any

import pytest

from tests.given import (
    NEXT_DOOR,
    appointed_out,
    assessed,
    contract_ended,
    died,
    dismissed,
    eligibility,
    findings,
    given,
    hired,
    joined_party,
    out,
    resigned,
    retired,
    term,
    term_over,
)

BEGUN = hired("2014-03-03", role="committee")
FIRST_TERM = (term("2016-01-11"), term_over("2021-01-07"))
SECOND_TERM = term("2021-01-08")
ASSESSED = (assessed(2023), assessed(2024, "excellent"), assessed(2025))
EXEMPLARY = (BEGUN, *FIRST_TERM, SECOND_TERM, *ASSESSED)
"""Secretary since 2016, a full term on 8 January 2021, ten years on 3 March 2024, excellent on 20 February 2026."""


def test_a_secretary_who_meets_all_four_conditions_is_eligible_since_the_last_of_them() -> None:
    given(*EXEMPLARY).when_asked(eligibility).then(eligible="yes", eligible_on="2026-02-20").then_condition(
        "secretary_now", "yes", "2016-01-11"
    ).then_condition("ten_years_continuous", "yes", "2024-03-03").then_condition(
        "full_term", "yes", "2021-01-08"
    ).then_condition("excellent_performance", "yes", "2026-02-20")


def test_whoever_is_secretary_no_more_is_not_eligible() -> None:
    given(*EXEMPLARY, term_over("2026-06-30", "removed")).when_asked(eligibility).then(
        eligible="no", eligible_on=None
    ).then_condition("secretary_now", "no", None)


def test_on_the_last_day_of_the_term_one_is_still_secretary() -> None:
    story = given(*EXEMPLARY, term_over("2026-06-30", "removed"))
    story.when_asked(eligibility, on="2026-06-30").then_condition("secretary_now", "yes", "2016-01-11")
    story.when_asked(eligibility, on="2026-07-01").then_condition("secretary_now", "no", None)


@pytest.mark.parametrize("end", [resigned, dismissed, retired, died, appointed_out])
def test_an_end_of_service_ends_the_term_with_it(end: Any) -> None:
    given(BEGUN, SECOND_TERM, end("2026-06-30")).when_asked(eligibility).then_condition("secretary_now", "no", None)


@pytest.mark.parametrize("end", [out, contract_ended])
def test_a_departure_or_a_contract_s_end_ends_a_post_and_no_term(end: Any) -> None:
    given(BEGUN, SECOND_TERM, end("2026-06-30")).when_asked(eligibility).then_condition(
        "secretary_now", "yes", "2021-01-08"
    )


def test_a_director_is_no_secretary() -> None:
    given(BEGUN, term("2016-01-11", "director")).when_asked(eligibility).then_condition("secretary_now", "no", None)


def test_a_day_between_two_terms_begins_the_time_as_secretary_again() -> None:
    given(BEGUN, *FIRST_TERM, term("2021-01-09")).when_asked(eligibility).then_condition(
        "secretary_now", "yes", "2021-01-09"
    )


def test_a_secretary_in_one_community_after_another_has_been_one_throughout() -> None:
    given(BEGUN, *FIRST_TERM, term("2021-01-08", at=NEXT_DOOR)).when_asked(eligibility).then_condition(
        "secretary_now", "yes", "2016-01-11"
    )


def test_ten_years_are_met_from_the_anniversary_on() -> None:
    given(BEGUN).when_asked(eligibility, on="2024-03-02").then_condition("ten_years_continuous", "no", None)
    given(BEGUN).when_asked(eligibility, on="2024-03-03").then_condition("ten_years_continuous", "yes", "2024-03-03")


def test_ten_years_are_lost_by_a_break_and_regained_after_ten_more() -> None:
    story = given(hired("2010-01-04"), resigned("2020-06-30"), hired("2021-01-04"))
    story.when_asked(eligibility, on="2020-06-30").then_condition("ten_years_continuous", "yes", "2020-01-04")
    story.when_asked(eligibility, on="2021-01-04").then_condition("ten_years_continuous", "no", None)
    story.when_asked(eligibility, on="2031-01-03").then_condition("ten_years_continuous", "no", None)
    story.when_asked(eligibility, on="2031-01-04").then_condition("ten_years_continuous", "yes", "2031-01-04")


def test_when_only_the_ten_years_are_missing_their_day_is_told() -> None:
    given(hired("2020-01-06"), term("2020-01-11"), term_over("2025-01-10"), term("2025-01-11"), *ASSESSED).when_asked(
        eligibility
    ).then(eligible="no", eligible_on="2030-01-06")


def test_when_the_ten_years_and_the_full_term_are_missing_no_day_is_told() -> None:
    given(hired("2020-01-06"), term("2022-01-11"), *ASSESSED).when_asked(eligibility).then(
        eligible="no", eligible_on=None
    )


def test_when_the_ten_years_are_missing_and_performance_is_not_known_no_day_is_told() -> None:
    given(hired("2020-01-06"), term("2020-01-11"), term_over("2025-01-10"), term("2025-01-11")).when_asked(
        eligibility
    ).then(eligible="no", eligible_on=None)


def test_when_the_ten_years_will_not_come_no_day_is_told() -> None:
    given(
        hired("2020-01-06"),
        term("2020-01-11"),
        term_over("2025-01-10"),
        *ASSESSED,
        resigned("2026-06-30"),
        term("2026-07-01"),
    ).when_asked(eligibility).then(eligible="no", eligible_on=None)


def test_when_only_the_performance_is_not_known_eligibility_is_undetermined() -> None:
    given(BEGUN, *FIRST_TERM, SECOND_TERM, assessed(2025, "excellent")).when_asked(eligibility).then(
        eligible="undetermined", eligible_on=None
    )


def test_asked_on_an_earlier_day_later_assessments_are_not_looked_at() -> None:
    given(*EXEMPLARY).when_asked(eligibility, on="2026-02-19").then(eligible="undetermined").then_condition(
        "excellent_performance", "undetermined", None
    )


MEMBER = "secretary_not_full_member"


def test_a_secretary_who_is_a_full_member_is_in_order() -> None:
    given(BEGUN, joined_party("2018-07-01", full_on="2019-07-01"), SECOND_TERM).when_asked(findings).then_does_not_find(
        MEMBER
    )


def test_a_secretary_not_known_as_a_full_member_is_to_be_reviewed() -> None:
    given(BEGUN, joined_party("2018-07-01"), SECOND_TERM).when_asked(findings).then_finds(
        MEMBER, article="32", severity="review", since="2021-01-08", until=None
    )


def test_a_secretary_is_reviewed_until_the_day_before_becoming_a_full_member() -> None:
    given(BEGUN, joined_party("2024-07-01", full_on="2025-07-01"), SECOND_TERM).when_asked(findings).then_finds(
        MEMBER, since="2021-01-08", until="2025-06-30"
    )


def test_a_director_need_not_be_a_party_member() -> None:
    given(BEGUN, term("2021-01-08", "director")).when_asked(findings).then_does_not_find(MEMBER)


def test_a_time_as_secretary_before_the_regulation_is_only_information() -> None:
    given(BEGUN, *FIRST_TERM).when_asked(findings).then_finds(
        MEMBER, severity="info", since="2016-01-11", until="2021-01-07"
    )
