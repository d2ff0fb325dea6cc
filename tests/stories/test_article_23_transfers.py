"""Article 23, transfers: which arrival answers which departure, and what is missing or late."""

import pytest

from tests.given import OTHER_LEAGUE, OTHER_STREET, findings, given, hired, into, out, street

UNMATCHED = "transfer_unmatched"
LATE = "transfer_dossier_late"
BEGUN = hired("2018-03-01")


def test_a_departure_without_an_arrival_is_waited_for_15_days() -> None:
    given(BEGUN, out("2026-06-30")).when_asked(findings, on="2026-07-15").then_does_not_find(UNMATCHED)


def test_a_departure_without_an_arrival_for_more_than_15_days_is_to_be_reviewed() -> None:
    given(BEGUN, out("2026-06-30")).when_asked(findings, on="2026-07-16").then_finds(
        UNMATCHED, article="23", severity="review", entries=[2]
    )


def test_an_arrival_without_a_departure_is_to_be_reviewed() -> None:
    given(into("2025-03-03")).when_asked(findings).then_finds(
        UNMATCHED, article="23", severity="review", since="2025-03-03", entries=[1]
    )


def test_a_departure_answered_within_15_days_is_in_order() -> None:
    given(BEGUN, out("2025-06-03"), into("2025-06-19")).when_asked(findings).then_does_not_find(
        UNMATCHED
    ).then_does_not_find(LATE)


def test_a_departure_answered_after_more_than_15_days_is_late() -> None:
    given(BEGUN, out("2025-06-03"), into("2025-06-20")).when_asked(findings).then_finds(
        LATE, article="23", severity="review", entries=[2, 3]
    ).then_does_not_find(UNMATCHED)


def test_a_late_arrival_was_missing_until_it_came() -> None:
    given(BEGUN, out("2025-06-03"), into("2025-07-15")).when_asked(findings, on="2025-07-14").then_finds(
        UNMATCHED
    ).then_does_not_find(LATE)


def test_a_late_arrival_wholly_before_the_regulation_is_only_information() -> None:
    given(BEGUN, out("2021-06-03"), into("2021-06-20")).when_asked(findings).then_finds(LATE, severity="info")


@pytest.mark.parametrize("origin", ["150102001", "150102", "1501", "15"])
def test_an_arrival_may_name_its_origin_by_any_superior_of_the_street(origin: str) -> None:
    given(BEGUN, out("2025-06-30"), into("2025-07-01", origin=origin)).when_asked(findings).then_does_not_find(
        UNMATCHED
    )


def test_an_arrival_from_another_banner_does_not_fit() -> None:
    given(BEGUN, out("2025-06-30"), into("2025-07-01", origin="150203")).when_asked(findings).then_finds(
        UNMATCHED, since="2025-07-01", entries=[3]
    )


def test_an_arrival_in_another_street_than_the_destination_does_not_fit() -> None:
    given(BEGUN, out("2025-06-30", to=street(OTHER_LEAGUE)), into("2025-07-01", at=OTHER_STREET)).when_asked(
        findings
    ).then_finds(UNMATCHED, entries=[2]).then_finds(UNMATCHED, entries=[3])


def test_each_arrival_answers_one_departure() -> None:
    given(
        BEGUN,
        out("2025-03-31"),
        into("2025-04-01"),
        out("2025-08-31", to=street(OTHER_LEAGUE)),
        into("2025-09-01", at=OTHER_LEAGUE, origin=street(OTHER_STREET)),
    ).when_asked(findings).then_does_not_find(UNMATCHED).then_does_not_find(LATE)
