"""Refused: what contradicts the career that all known facts make together, and the entry that it contradicts."""

from typing import Any

import pytest

from tests.given import (
    NEXT_DOOR,
    OTHER_STREET,
    appointed_out,
    assessed,
    assigned,
    back,
    contract_ended,
    corrected,
    dismissed,
    given,
    hired,
    into,
    leave,
    leave_over,
    out,
    registered,
    resigned,
    resolved,
    retired,
    seconded,
    suspended,
    term,
    term_over,
    voided,
)

BEGUN = hired("2020-03-02")
LEFT = resigned("2022-05-31")

ENDS_OF_SERVICE = [resigned, dismissed, retired, contract_ended, out, appointed_out]


@pytest.mark.parametrize("end", ENDS_OF_SERVICE)
def test_nobody_leaves_who_was_never_in_service(end: Any) -> None:
    given().when_recorded(end("2023-05-31")).is_refused(contradicting=None, saying="an end without its beginning")


@pytest.mark.parametrize("end", ENDS_OF_SERVICE)
def test_nobody_leaves_who_has_left_already(end: Any) -> None:
    given(BEGUN, LEFT).when_recorded(end("2023-05-31")).is_refused(contradicting=2)


@pytest.mark.parametrize("end", ENDS_OF_SERVICE)
def test_nobody_leaves_before_the_first_day(end: Any) -> None:
    given(BEGUN).when_recorded(end("2020-03-01")).is_refused(contradicting=None)


@pytest.mark.parametrize(
    "end", [back("2021-06-30"), leave_over("2021-06-30"), resolved("2021-06-30"), term_over("2021-06-30")]
)
def test_nothing_ends_that_has_not_begun(end: Any) -> None:
    given(BEGUN).when_recorded(end).is_refused(contradicting=None, saying="an end without its beginning")


@pytest.mark.parametrize(
    ("begin", "end", "again"),
    [
        (seconded("2021-05-06"), back("2021-06-10"), back("2021-06-30")),
        (leave("2021-05-06"), leave_over("2021-06-10"), leave_over("2021-06-30")),
        (suspended("2021-05-06"), resolved("2021-06-10"), resolved("2021-06-30")),
        (term("2021-05-06"), term_over("2021-06-10"), term_over("2021-06-30")),
    ],
)
def test_nothing_ends_twice(begin: Any, end: Any, again: Any) -> None:
    given(BEGUN, begin, end).when_recorded(again).is_refused(contradicting=3)


def test_a_resignation_ended_the_secondment_before_the_return() -> None:
    given(BEGUN, seconded("2022-05-06"), LEFT).when_recorded(back("2022-06-30")).is_refused(contradicting=3)


@pytest.mark.parametrize(
    "end", [term_over("2021-06-30", office="director"), term_over("2021-06-30", at=NEXT_DOOR)], ids=["office", "place"]
)
def test_a_term_ends_in_its_own_office_and_community(end: Any) -> None:
    given(BEGUN, term("2021-01-08")).when_recorded(end).is_refused(contradicting=None)


@pytest.mark.parametrize("again", [hired("2021-06-01"), into("2021-06-01", at="150102001001", origin="150203")])
def test_nobody_begins_in_a_community_where_a_post_is_still_open(again: Any) -> None:
    given(BEGUN).when_recorded(again).is_refused(contradicting=1, saying="cannot begin twice")


@pytest.mark.parametrize(
    ("begun", "again"),
    [
        (seconded("2021-05-06"), seconded("2021-06-01", "banner_or_above")),
        (leave("2021-05-06"), leave("2021-06-01", "sick")),
        (suspended("2021-05-06"), suspended("2021-06-01")),
        (term("2021-05-06"), term("2021-06-01", mode="appointed")),
    ],
)
def test_nothing_begins_twice_that_is_still_open(begun: Any, again: Any) -> None:
    given(BEGUN, begun).when_recorded(again).is_refused(contradicting=2, saying="cannot begin twice")


def test_nobody_is_sent_to_a_community_of_another_street() -> None:
    given(BEGUN).when_recorded(assigned("2021-06-01", at=OTHER_STREET)).is_refused(saying="no post in street")


def test_nobody_is_sent_anywhere_without_a_post() -> None:
    given(BEGUN, LEFT).when_recorded(assigned("2023-06-01")).is_refused(saying="no post in street")


def test_a_second_live_assessment_of_a_year_is_refused() -> None:
    given(BEGUN, assessed(2024)).when_recorded(assessed(2024, "excellent", "2025-03-01")).is_refused(
        contradicting=2, saying="a second live assessment for 2024"
    )


def test_a_second_assessment_confirmed_before_the_first_is_refused_too() -> None:
    given(BEGUN, assessed(2024)).when_recorded(assessed(2024, "excellent", "2025-02-10")).is_refused(contradicting=2)


def test_a_void_assessment_makes_room_for_another() -> None:
    given(BEGUN, assessed(2024), voided(2)).when_recorded(assessed(2024, "excellent")).is_accepted()


def test_a_fact_that_makes_a_later_one_impossible_is_refused() -> None:
    given(BEGUN, resigned("2024-05-31")).when_recorded(LEFT).is_refused(contradicting=2)


def test_a_hiring_before_one_that_is_still_open_is_refused() -> None:
    given(BEGUN).when_recorded(hired("2019-03-01")).is_refused(contradicting=1)


def test_a_correction_that_makes_another_fact_impossible_is_refused() -> None:
    given(BEGUN, LEFT).when_recorded(corrected(1, hired("2023-01-09"))).is_refused(contradicting=2)


def test_a_voiding_that_leaves_an_end_without_its_beginning_is_refused() -> None:
    given(BEGUN, LEFT).when_recorded(voided(1)).is_refused(contradicting=2)


def test_a_beginning_and_its_end_may_be_voided_together() -> None:
    given(BEGUN, LEFT).when_recorded(voided(1), voided(2)).is_accepted()


def test_what_is_void_cannot_be_voided() -> None:
    given(BEGUN, LEFT, voided(2)).when_recorded(voided(2)).is_refused(contradicting=3)


@pytest.mark.parametrize("amendment", [voided(3), corrected(3, LEFT)])
def test_a_voiding_cannot_be_amended(amendment: Any) -> None:
    given(BEGUN, LEFT, voided(2)).when_recorded(amendment).is_refused(contradicting=3)


@pytest.mark.parametrize("number", [3, 4, 99])
def test_only_an_earlier_entry_can_be_amended(number: int) -> None:
    given(BEGUN, LEFT).when_recorded(voided(number)).is_refused(contradicting=None, saying="earlier entry")


def test_a_person_is_not_registered_again_as_somebody_else() -> None:
    given(registered("1988-05-20"), BEGUN).when_recorded(registered("1988-05-21")).is_refused(
        contradicting=1, saying="says otherwise"
    )


def test_a_refusal_does_not_tell_when_a_person_was_born() -> None:
    for born in ("1988-05-21", "2021-01-01", "1888-05-20", "2199-05-20"):
        refused = given(registered("1988-05-20"), BEGUN).when_recorded(registered(born))
        assert all(born not in str(error) for error in refused.errors)
        assert refused.errors
