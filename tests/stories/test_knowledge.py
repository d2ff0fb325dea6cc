"""When it happened, and when we knew: corrections, voidings, and what was known before them."""

from tests.given import (
    assessed,
    back,
    contract_ended,
    corrected,
    eligibility,
    findings,
    given,
    hired,
    leave,
    leave_over,
    resigned,
    seconded,
    service_years,
    voided,
)

JUNE = hired("2025-06-01")
MAY = hired("2025-05-01")
APRIL = hired("2025-04-01")
ON = "2025-06-30"


def test_a_correction_holds_once_it_is_known() -> None:
    given(JUNE, corrected(1, MAY)).when_asked(service_years, on=ON).then(days=61, since="2025-05-01")


def test_before_a_correction_is_known_the_old_fact_stands() -> None:
    given(JUNE, corrected(1, MAY)).when_asked(service_years, on=ON, known_at=1).then(days=30, since="2025-06-01")


def test_of_two_corrections_the_latest_speaks() -> None:
    given(JUNE, corrected(1, MAY), corrected(1, APRIL)).when_asked(service_years, on=ON).then(since="2025-04-01")


def test_a_correction_may_be_corrected_itself() -> None:
    story = given(JUNE, corrected(1, MAY), corrected(2, APRIL))
    story.when_asked(service_years, on=ON).then(since="2025-04-01")
    story.when_asked(service_years, on=ON, known_at=2).then(since="2025-05-01")


def test_voiding_a_correction_revives_what_it_replaced() -> None:
    given(JUNE, corrected(1, MAY), voided(2)).when_asked(service_years, on=ON).then(since="2025-06-01")


def test_voiding_the_latest_of_two_corrections_revives_the_earlier() -> None:
    given(JUNE, corrected(1, MAY), corrected(1, APRIL), voided(3)).when_asked(service_years, on=ON).then(
        since="2025-05-01"
    )


def test_voiding_the_earlier_of_two_corrections_leaves_the_latest() -> None:
    given(JUNE, corrected(1, MAY), corrected(1, APRIL), voided(2)).when_asked(service_years, on=ON).then(
        since="2025-04-01"
    )


def test_voiding_both_corrections_revives_the_first_fact() -> None:
    given(JUNE, corrected(1, MAY), corrected(1, APRIL), voided(3), voided(2)).when_asked(service_years, on=ON).then(
        since="2025-06-01"
    )


def test_voiding_a_correction_of_a_correction_revives_the_correction() -> None:
    given(JUNE, corrected(1, MAY), corrected(2, APRIL), voided(3)).when_asked(service_years, on=ON).then(
        since="2025-05-01"
    )


def test_a_revived_fact_may_be_corrected_again() -> None:
    given(JUNE, corrected(1, MAY), voided(2), corrected(1, APRIL)).when_asked(service_years, on=ON).then(
        since="2025-04-01"
    )


def test_a_void_resignation_did_not_happen() -> None:
    story = given(JUNE, resigned("2025-06-10"), voided(2))
    story.when_asked(service_years, on=ON).then(days=30, ten_years_on="2035-06-01")
    story.when_asked(service_years, on=ON, known_at=2).then(days=10, ten_years_on=None)


def test_voiding_a_corrected_fact_voids_what_the_correction_says_too() -> None:
    given(JUNE, resigned("2025-06-10"), corrected(2, resigned("2025-06-20")), voided(2)).when_asked(
        service_years, on=ON
    ).then(days=30)


def test_what_was_voided_may_be_recorded_again() -> None:
    given(JUNE, resigned("2025-06-10"), voided(2), resigned("2025-06-20")).when_asked(service_years, on=ON).then(
        days=20
    )


def test_a_void_entry_cannot_be_corrected() -> None:
    given(JUNE, resigned("2025-06-10"), voided(2)).when_recorded(corrected(2, resigned("2025-06-20"))).is_refused(
        contradicting=3
    )


def test_a_void_correction_cannot_be_corrected() -> None:
    given(JUNE, corrected(1, MAY), voided(2)).when_recorded(corrected(2, APRIL)).is_refused(contradicting=3)


def test_a_correction_of_a_void_entry_cannot_be_amended() -> None:
    story = given(JUNE, resigned("2025-06-10"), corrected(2, resigned("2025-06-20")), voided(2))
    story.when_recorded(corrected(3, resigned("2025-06-25"))).is_refused(contradicting=4)


def test_a_correction_may_replace_a_fact_by_one_of_another_kind() -> None:
    story = given(JUNE, hired("2025-06-02", at="150102002001"), resigned("2025-06-10"))
    story.when_asked(service_years, on=ON).then(days=10)
    given(
        JUNE,
        hired("2025-06-02", at="150102002001"),
        resigned("2025-06-10"),
        corrected(3, contract_ended("2025-06-10")),
    ).when_asked(service_years, on=ON).then(days=30)


def test_a_void_secondment_is_not_found_against() -> None:
    story = given(JUNE, seconded("2025-06-10", "banner_or_above"), voided(2))
    story.when_asked(findings, known_at=2).then_finds("secondment_banned_host", entries=[2])
    story.when_asked(findings).then_does_not_find("secondment_banned_host")


def test_a_finding_cites_the_correction_that_speaks() -> None:
    given(JUNE, seconded("2025-06-10"), corrected(2, seconded("2025-06-12", "banner_or_above"))).when_asked(
        findings
    ).then_finds("secondment_banned_host", since="2025-06-12", entries=[2, 3])


def test_a_corrected_assessment_changes_what_is_known_of_performance() -> None:
    story = given(JUNE, assessed(2025), corrected(2, assessed(2025, "excellent")))
    reading = {"excellent_performance": "latest_excellent"}
    story.when_asked(eligibility, reading=reading, known_at=2).then_condition("excellent_performance", "no", None)
    story.when_asked(eligibility, reading=reading).then_condition("excellent_performance", "yes", "2026-02-20")


def test_an_end_whose_beginning_was_learned_later_is_set_aside_until_then() -> None:
    story = given(resigned("2025-06-10"), JUNE)
    story.when_asked(service_years, on=ON, known_at=1).then(unplaced=[1], days=0)
    story.when_asked(service_years, on=ON).then(unplaced=[], days=10)


def test_the_end_of_a_leave_whose_beginning_was_learned_later_is_set_aside_alone() -> None:
    story = given(JUNE, leave_over("2025-06-20"), leave("2025-06-11"))
    story.when_asked(service_years, on=ON, known_at=2).then(unplaced=[2], days=30)
    story.when_asked(service_years, on=ON).then(unplaced=[], days=20)


def test_a_return_whose_secondment_was_learned_later_is_no_finding_until_then() -> None:
    story = given(JUNE, back("2025-06-20"), seconded("2025-06-11", "banner_or_above"))
    story.when_asked(findings, on=ON, known_at=2).then(unplaced=[2]).then_does_not_find("secondment_banned_host")
    story.when_asked(findings, on=ON).then(unplaced=[]).then_finds("secondment_banned_host", until="2025-06-20")


def test_a_second_hiring_is_set_aside_until_the_resignation_before_it_is_known() -> None:
    story = given(JUNE, hired("2025-06-20"), resigned("2025-06-10"))
    story.when_asked(service_years, on=ON, known_at=2).then(unplaced=[2], days=30)
    story.when_asked(service_years, on=ON).then(unplaced=[], days=21)
