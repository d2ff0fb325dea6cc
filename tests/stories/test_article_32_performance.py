"""Article 32: 表现优秀, excellent performance, under every reading of it."""

from tests.given import Answer, assessed, commended, eligibility, given, hired

BEGUN = hired("2014-03-03", role="committee")


def performance(*story: object, reading: str = "latest_three", on: str = "2026-11-24") -> Answer:
    return given(BEGUN, *story).when_asked(eligibility, on=on, reading={"excellent_performance": reading})


def excellent_is(answer: Answer, met: str, since: str | None) -> None:
    answer.then_condition("excellent_performance", met, since)


def test_three_years_without_an_incompetent_one_and_with_an_excellent_one_are_excellent() -> None:
    excellent_is(performance(assessed(2023, "excellent"), assessed(2024), assessed(2025, "basic")), "yes", "2026-02-20")


def test_two_assessments_are_too_few_to_tell() -> None:
    excellent_is(performance(assessed(2024, "excellent"), assessed(2025, "excellent")), "undetermined", None)


def test_three_years_without_an_excellent_one_are_not_excellent() -> None:
    excellent_is(performance(assessed(2023), assessed(2024), assessed(2025)), "no", None)


def test_an_incompetent_year_among_the_latest_three_is_not_excellent() -> None:
    excellent_is(
        performance(assessed(2023, "incompetent"), assessed(2024, "excellent"), assessed(2025, "excellent")), "no", None
    )


def test_an_excellent_year_before_the_latest_three_does_not_help() -> None:
    story = (assessed(2022, "excellent"), assessed(2023), assessed(2024), assessed(2025))
    excellent_is(performance(*story, on="2026-02-19"), "yes", "2025-02-20")
    excellent_is(performance(*story, on="2026-02-20"), "no", None)


def test_an_incompetent_year_before_the_latest_three_does_not_harm() -> None:
    story = (assessed(2022, "incompetent"), assessed(2023), assessed(2024, "excellent"), assessed(2025))
    excellent_is(performance(*story), "yes", "2026-02-20")


def test_the_latest_three_assessments_need_not_be_of_three_years_running() -> None:
    excellent_is(performance(assessed(2020, "excellent"), assessed(2022), assessed(2025)), "yes", "2026-02-20")


def test_excellent_performance_goes_on_from_year_to_year() -> None:
    # Met with the third assessment on 20 February 2025; a year later, 2023 to 2025 meet it as well.
    story = (assessed(2022, "excellent"), assessed(2023), assessed(2024), assessed(2025, "excellent"))
    excellent_is(performance(*story), "yes", "2025-02-20")


def test_excellent_performance_lost_and_regained_counts_from_the_day_it_was_regained() -> None:
    story = (assessed(2021, "excellent"), assessed(2022), assessed(2023), assessed(2024), assessed(2025, "excellent"))
    excellent_is(performance(*story, on="2025-11-24"), "no", None)
    excellent_is(performance(*story), "yes", "2026-02-20")


def test_read_so_the_latest_assessment_alone_decides() -> None:
    excellent_is(performance(assessed(2025, "excellent"), reading="latest_excellent"), "yes", "2026-02-20")


def test_read_so_an_excellent_year_before_the_latest_does_not_help() -> None:
    story = (assessed(2023, "excellent"), assessed(2024, "excellent"), assessed(2025))
    excellent_is(performance(*story, reading="latest_excellent"), "no", None)


def test_read_so_the_latest_assessment_may_follow_an_incompetent_year() -> None:
    story = (assessed(2024, "incompetent"), assessed(2025, "excellent"))
    excellent_is(performance(*story, reading="latest_excellent"), "yes", "2026-02-20")


def test_a_commendation_counts_if_read_so() -> None:
    story = (assessed(2023), assessed(2024), assessed(2025), commended("2026-05-01"))
    excellent_is(performance(*story, reading="commended_counts"), "yes", "2026-05-01")
    excellent_is(performance(*story), "no", None)


def test_a_commendation_does_not_outweigh_an_incompetent_year() -> None:
    story = (assessed(2023, "incompetent"), assessed(2024), assessed(2025), commended("2026-05-01"))
    excellent_is(performance(*story, reading="commended_counts"), "no", None)


def test_a_commendation_does_not_make_up_for_missing_assessments() -> None:
    story = (assessed(2024), assessed(2025), commended("2026-05-01"))
    excellent_is(performance(*story, reading="commended_counts"), "undetermined", None)


def test_where_commendations_count_an_excellent_year_still_does() -> None:
    story = (assessed(2023), assessed(2024, "excellent"), assessed(2025))
    excellent_is(performance(*story, reading="commended_counts"), "yes", "2026-02-20")
