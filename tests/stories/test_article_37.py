"""Article 37: a failed probation, and two incompetent years running, end the service."""

from tests.given import assessed, dismissed, findings, given, hired, probation, resigned, service_years

KEPT, LATE, TWO = "probation_failed_kept", "probation_decided_late", "two_incompetent_years"
ON_TRIAL = hired("2025-06-03", probation_until="2025-12-02")
BEGUN = hired("2019-03-01")


def test_kept_after_a_failed_probation_is_a_breach_from_the_day_after_its_end() -> None:
    given(ON_TRIAL, probation("2025-11-28")).when_asked(findings).then_finds(
        KEPT, article="37(1)", severity="breach", since="2025-12-03", until=None, entries=[1, 2]
    )


def test_kept_a_few_days_after_a_failed_probation_is_a_breach_on_them() -> None:
    given(ON_TRIAL, probation("2025-11-28"), dismissed("2025-12-05")).when_asked(findings).then_finds(
        KEPT, since="2025-12-03", until="2025-12-05"
    )


def test_dismissed_on_the_last_day_of_a_failed_probation_is_in_order() -> None:
    given(ON_TRIAL, probation("2025-11-28"), dismissed("2025-12-02")).when_asked(findings).then_does_not_find(
        KEPT
    ).then_does_not_find(LATE)


def test_kept_after_a_probation_that_failed_late_is_a_breach_from_the_day_after_the_decision() -> None:
    given(ON_TRIAL, probation("2025-12-10")).when_asked(findings).then_finds(KEPT, since="2025-12-11")


def test_kept_after_a_probation_that_was_passed_is_in_order() -> None:
    given(ON_TRIAL, probation("2025-12-02", passed=True)).when_asked(findings).then_does_not_find(
        KEPT
    ).then_does_not_find(LATE)


def test_a_probation_decided_after_its_end_is_a_breach_even_if_passed() -> None:
    given(ON_TRIAL, probation("2025-12-03", passed=True)).when_asked(findings).then_finds(
        LATE, article="37(1)", severity="breach"
    ).then_does_not_find(KEPT)


def test_a_failed_probation_counts_as_service() -> None:
    # June 28 days, 31, 31, 30, 31, November 28.
    given(ON_TRIAL, probation("2025-11-28"), dismissed("2025-11-28")).when_asked(service_years).then(days=179)


def test_two_incompetent_years_running_are_a_breach_once_the_second_is_confirmed() -> None:
    story = given(BEGUN, assessed(2024, "incompetent"), assessed(2025, "incompetent", confirmed_on="2026-03-05"))
    story.when_asked(findings, on="2026-03-04").then_does_not_find(TWO)
    story.when_asked(findings, on="2026-03-05").then_finds(
        TWO, article="37(2)", severity="breach", since="2026-03-05", entries=[2, 3]
    )


def test_three_incompetent_years_running_are_a_breach_twice() -> None:
    given(
        BEGUN, assessed(2023, "incompetent"), assessed(2024, "incompetent"), assessed(2025, "incompetent")
    ).when_asked(findings).then_finds(TWO, since="2025-02-20", entries=[2, 3]).then_finds(
        TWO, since="2026-02-20", entries=[3, 4]
    )


def test_a_better_year_between_two_incompetent_ones_makes_them_not_running() -> None:
    given(BEGUN, assessed(2023, "incompetent"), assessed(2024, "basic"), assessed(2025, "incompetent")).when_asked(
        findings
    ).then_does_not_find(TWO)


def test_basically_competent_is_not_incompetent() -> None:
    given(BEGUN, assessed(2024, "basic"), assessed(2025, "basic")).when_asked(findings).then_does_not_find(TWO)


SKIPPED = (BEGUN, assessed(2023, "incompetent"), assessed(2025, "incompetent"))


def test_two_incompetent_years_across_a_skipped_one_are_to_be_reviewed() -> None:
    given(*SKIPPED).when_asked(findings).then_finds(TWO, severity="review", since="2026-02-20")


def test_two_incompetent_years_across_a_skipped_one_are_a_breach_if_read_so() -> None:
    given(*SKIPPED).when_asked(findings, reading={"two_fails": "ignore_skipped"}).then_finds(
        TWO, severity="breach", since="2026-02-20"
    )


def test_a_skipped_year_matters_between_incompetent_ones_only() -> None:
    given(BEGUN, assessed(2023), assessed(2025, "incompetent")).when_asked(
        findings, reading={"two_fails": "ignore_skipped"}
    ).then_does_not_find(TWO)


def test_two_incompetent_years_of_someone_who_left_before_the_regulation_are_only_information() -> None:
    given(BEGUN, assessed(2020, "incompetent"), assessed(2021, "incompetent"), resigned("2023-12-31")).when_asked(
        findings
    ).then_finds(TWO, severity="info", since="2022-02-20")
