"""Article 20: 24 offline hours before the first day, then 40 or 56 hours of special training a year."""

import pytest

from tests.given import Answer, findings, given, hired, into, out, resigned, term, term_over, trained

UNTRAINED = "no_pre_post_training"
SHORT = "training_hours_short"


def newcomer(hours: float, kind: str = "pre_post", mode: str = "offline", last_day: str = "2025-08-27") -> Answer:
    """Hired on 1 September 2025 after one training."""
    return given(trained(last_day, hours, kind, mode), hired("2025-09-01")).when_asked(findings)


def test_24_offline_hours_before_the_first_day_are_enough() -> None:
    newcomer(24).then_does_not_find(UNTRAINED)


def test_less_than_24_hours_before_the_first_day_are_a_breach() -> None:
    newcomer(23.5).then_finds(UNTRAINED, article="20", severity="breach", since="2025-09-01")


def test_online_hours_before_the_first_day_do_not_count() -> None:
    newcomer(24, mode="online").then_finds(UNTRAINED)


def test_special_training_is_no_training_before_the_first_day() -> None:
    newcomer(24, kind="special").then_finds(UNTRAINED)


def test_training_on_the_first_day_is_not_before_it() -> None:
    newcomer(24, last_day="2025-09-01").then_finds(UNTRAINED)


def test_hours_of_two_courses_before_the_first_day_add_up() -> None:
    given(
        trained("2025-08-25", 12, "pre_post", "offline"),
        trained("2025-08-27", 12, "pre_post", "offline"),
        hired("2025-09-01"),
    ).when_asked(findings).then_does_not_find(UNTRAINED)


def test_only_a_first_hiring_needs_training_before_it() -> None:
    given(
        trained("2025-01-03", 24, "pre_post", "offline"),
        hired("2025-01-06"),
        resigned("2025-06-30"),
        hired("2025-09-01"),
    ).when_asked(findings).then_does_not_find(UNTRAINED)


def test_training_before_a_second_hiring_does_not_make_up_for_the_first() -> None:
    given(
        hired("2025-01-06"),
        resigned("2025-06-30"),
        trained("2025-08-27", 24, "pre_post", "offline"),
        hired("2025-09-01"),
    ).when_asked(findings).then_finds(UNTRAINED, since="2025-01-06")


def test_a_first_hiring_before_the_regulation_is_only_information() -> None:
    given(hired("2024-08-20")).when_asked(findings).then_finds(UNTRAINED, severity="info")


@pytest.mark.parametrize("leading", [(), (term("2025-06-02", "deputy_secretary"),)])
def test_a_worker_owes_40_hours_a_year(leading: tuple[object, ...]) -> None:
    story = (hired("2025-01-01"), *leading)
    given(*story, trained("2025-04-10", 40)).when_asked(findings).then_does_not_find(SHORT)
    given(*story, trained("2025-04-10", 39.5)).when_asked(findings).then_finds(
        SHORT, article="20", severity="breach", since="2025-01-01", until="2025-12-31"
    )


@pytest.mark.parametrize("office", ["secretary", "director"])
def test_a_single_day_as_secretary_or_director_makes_it_56_hours(office: str) -> None:
    story = (hired("2025-01-01"), term("2025-12-31", office))
    given(*story, trained("2025-04-10", 55.5)).when_asked(findings).then_finds(SHORT, since="2025-01-01")
    given(*story, trained("2025-04-10", 56)).when_asked(findings).then_does_not_find(SHORT)


def test_a_term_that_ended_with_the_year_before_does_not_raise_the_hours() -> None:
    given(hired("2020-01-01"), term("2020-01-11"), term_over("2024-12-31"), trained("2025-04-10", 40)).when_asked(
        findings
    ).then_does_not_find(SHORT, since="2025-01-01")


def test_training_before_the_post_is_no_special_training() -> None:
    given(hired("2025-01-01"), trained("2025-04-10", 40, kind="pre_post")).when_asked(findings).then_finds(SHORT)


def test_training_across_new_year_belongs_to_the_year_of_its_last_day() -> None:
    given(hired("2024-01-01"), trained("2025-01-02", 40, since="2024-12-30")).when_asked(findings).then_finds(
        SHORT, since="2024-01-01", until="2024-12-31", severity="breach"
    ).then_does_not_find(SHORT, since="2025-01-01")


@pytest.mark.parametrize(
    "story",
    [
        (hired("2025-01-02"),),
        (hired("2025-01-01"), resigned("2025-12-30")),
        (hired("2020-01-06"), out("2025-06-27"), into("2025-06-30")),
    ],
    ids=["begun late", "left early", "a weekend between two posts"],
)
def test_a_year_without_a_post_on_every_day_owes_nothing(story: tuple[object, ...]) -> None:
    given(*story).when_asked(findings).then_does_not_find(SHORT, since="2025-01-01")


def test_two_posts_without_a_day_between_make_a_whole_year() -> None:
    given(hired("2024-12-02"), out("2025-06-30"), into("2025-07-01")).when_asked(findings).then_finds(
        SHORT, since="2025-01-01"
    )


def test_hours_are_judged_when_the_year_is_finished() -> None:
    story = given(hired("2025-01-01"))
    story.when_asked(findings, on="2025-12-30").then_does_not_find(SHORT)
    story.when_asked(findings, on="2026-01-01").then_finds(SHORT, since="2025-01-01")


def test_a_year_before_the_regulation_is_only_information() -> None:
    given(hired("2023-01-01")).when_asked(findings).then_finds(SHORT, since="2023-01-01", severity="info").then_finds(
        SHORT, since="2024-01-01", severity="breach"
    )
