"""Article 9: a specialist is hired under 40 as a rule, 年龄一般在40周岁以下."""

import pytest

from tests.given import findings, given, hired, into, out, registered, resigned

RULE = "underage_or_overage_hire"


def test_hired_on_the_day_before_the_fortieth_birthday_is_young_enough() -> None:
    given(registered("1985-05-20"), hired("2025-05-19")).when_asked(findings).then_does_not_find(RULE)


def test_hired_on_the_fortieth_birthday_is_too_old() -> None:
    given(registered("1985-05-20"), hired("2025-05-20")).when_asked(findings).then_finds(
        RULE, article="9", severity="review", since="2025-05-20", entries=[1, 2]
    )


def test_a_committee_member_may_be_older() -> None:
    given(registered("1975-05-20"), hired("2025-05-20", role="committee")).when_asked(findings).then_does_not_find(RULE)


@pytest.mark.parametrize(("first_day", "found"), [("2025-06-01", True), ("2025-06-02", False)])
def test_nobody_works_before_the_sixteenth_birthday(first_day: str, *, found: bool) -> None:
    answer = given(registered("2009-06-02"), hired(first_day)).when_asked(findings)
    if found:
        answer.then_finds(RULE, severity="review", since=first_day)
    else:
        answer.then_does_not_find(RULE)


def test_whoever_was_hired_again_is_judged_again() -> None:
    given(registered("1983-01-10"), hired("2020-03-02"), resigned("2024-12-31"), hired("2025-03-03")).when_asked(
        findings
    ).then_finds(RULE, since="2025-03-03").then_does_not_find(RULE, since="2020-03-02")


def test_arriving_from_another_street_is_no_hiring() -> None:
    given(registered("1975-05-20"), hired("2010-03-01"), out("2025-06-30"), into("2025-07-01")).when_asked(
        findings
    ).then_does_not_find(RULE)


def test_a_hiring_before_the_regulation_is_only_information() -> None:
    given(registered("1980-05-20"), hired("2024-08-20")).when_asked(findings).then_finds(
        RULE, severity="info", since="2024-08-20"
    )


def test_a_hiring_on_the_first_day_of_the_regulation_is_to_be_reviewed() -> None:
    given(registered("1980-05-20"), hired("2024-08-21")).when_asked(findings).then_finds(RULE, severity="review")


def test_without_a_registration_nobody_s_age_is_known() -> None:
    given(hired("2025-05-20")).when_asked(findings).then_does_not_find(RULE)
