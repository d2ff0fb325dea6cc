"""Article 28: the banner assesses every worker every year."""

from tests.given import assessed, findings, given, hired, resigned, voided

MISSING = "assessment_missing"
Y2025 = "2025-01-01"


def test_a_finished_year_with_an_assessment_is_in_order() -> None:
    given(hired("2025-01-06"), assessed(2025)).when_asked(findings).then_does_not_find(MISSING)


def test_a_finished_year_without_an_assessment_is_a_breach() -> None:
    given(hired("2024-12-02"), assessed(2024)).when_asked(findings).then_finds(
        MISSING, article="28", severity="breach", since=Y2025, until="2025-12-31"
    )


def test_a_single_day_in_a_post_asks_for_an_assessment() -> None:
    given(hired("2025-12-31")).when_asked(findings, on="2026-01-01").then_finds(MISSING)


def test_leaving_on_new_year_s_day_still_asks_for_an_assessment() -> None:
    given(hired("2024-01-02"), assessed(2024), resigned("2025-01-01")).when_asked(findings).then_finds(
        MISSING, since=Y2025
    )


def test_a_year_out_of_service_asks_for_none() -> None:
    given(hired("2024-01-02"), assessed(2024), resigned("2024-12-31")).when_asked(findings).then_does_not_find(MISSING)


def test_a_year_is_not_missing_before_it_is_finished() -> None:
    given(hired("2025-01-06")).when_asked(findings, on="2025-12-30").then_does_not_find(MISSING)


def test_an_assessment_is_missing_until_it_is_confirmed() -> None:
    story = given(hired("2025-01-06"), assessed(2025, confirmed_on="2026-03-10"))
    story.when_asked(findings, on="2026-03-09").then_finds(MISSING)
    story.when_asked(findings, on="2026-03-10").then_does_not_find(MISSING)


def test_a_void_assessment_is_missing_again() -> None:
    given(hired("2025-01-06"), assessed(2025), voided(2)).when_asked(findings).then_finds(MISSING)


def test_a_year_before_the_regulation_is_only_information() -> None:
    given(hired("2023-03-01")).when_asked(findings).then_finds(MISSING, since="2023-01-01", severity="info").then_finds(
        MISSING, since="2024-01-01", severity="breach"
    )
