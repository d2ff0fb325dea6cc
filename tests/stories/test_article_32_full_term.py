"""Article 32: 任社区党组织书记满一届, a full term as secretary, under every reading of it."""

import pytest

from tests.given import NEXT_DOOR, Answer, eligibility, given, hired, term, term_over

BEGUN = hired("2014-03-03", role="committee")


def full_term(*story: object, reading: str = "by_term", on: str = "2026-11-24") -> Answer:
    return given(BEGUN, *story).when_asked(eligibility, on=on, reading={"full_term": reading})


@pytest.mark.parametrize("cause", ["turnover", "early_turnover"])
def test_elected_and_served_to_the_turnover_is_a_full_term(cause: str) -> None:
    full_term(term("2021-01-08"), term_over("2025-12-19", cause)).then_condition("full_term", "yes", "2025-12-20")


@pytest.mark.parametrize("cause", ["resigned", "removed", "transferred", "other"])
def test_a_term_that_ended_otherwise_is_no_full_term(cause: str) -> None:
    full_term(term("2021-01-08"), term_over("2026-01-07", cause)).then_condition("full_term", "no", None)


@pytest.mark.parametrize("mode", ["by_election", "appointed"])
def test_whoever_was_not_elected_at_the_start_of_the_term_serves_no_full_term(mode: str) -> None:
    full_term(term("2021-01-08", mode=mode), term_over("2026-01-07")).then_condition("full_term", "no", None)


def test_a_term_as_director_is_none_as_secretary() -> None:
    full_term(term("2021-01-08", "director"), term_over("2026-01-07", office="director")).then_condition(
        "full_term", "no", None
    )


def test_a_term_that_goes_on_is_not_full_yet() -> None:
    full_term(term("2021-01-08")).then_condition("full_term", "no", None)


def test_a_term_counts_from_the_day_after_its_last_day() -> None:
    story = (term("2021-01-08"), term_over("2026-01-07"))
    full_term(*story, on="2026-01-07").then_condition("full_term", "no", None)
    full_term(*story, on="2026-01-08").then_condition("full_term", "yes", "2026-01-08")


def test_a_full_term_of_long_ago_still_counts() -> None:
    full_term(
        term("2014-04-01"), term_over("2018-03-31"), term("2021-01-08"), term_over("2023-06-30", "resigned")
    ).then_condition("full_term", "yes", "2018-04-01")


def test_two_parts_of_a_term_in_two_communities_are_no_full_term() -> None:
    full_term(
        term("2021-01-08"),
        term_over("2023-06-30", "transferred"),
        term("2023-07-01", at=NEXT_DOOR),
        term_over("2026-01-07", "removed", at=NEXT_DOOR),
    ).then_condition("full_term", "no", None)


def test_sixty_months_are_full_on_the_corresponding_day() -> None:
    full_term(term("2021-01-08"), term_over("2026-01-07", "removed"), reading="60_months").then_condition(
        "full_term", "yes", "2026-01-08"
    )


def test_sixty_months_less_a_day_are_not_full() -> None:
    full_term(term("2021-01-08"), term_over("2026-01-06"), reading="60_months").then_condition("full_term", "no", None)


def test_sixty_months_may_begin_with_a_by_election_and_go_on() -> None:
    full_term(term("2021-03-15", mode="by_election"), reading="60_months").then_condition(
        "full_term", "yes", "2026-03-15"
    )


def test_sixty_months_may_go_on_from_term_to_term() -> None:
    full_term(
        term("2021-01-08"), term_over("2023-06-30", "other"), term("2023-07-01", mode="appointed"), reading="60_months"
    ).then_condition("full_term", "yes", "2026-01-08")


def test_a_day_between_two_terms_begins_the_sixty_months_again() -> None:
    full_term(term("2021-01-08"), term_over("2023-06-30"), term("2023-07-02"), reading="60_months").then_condition(
        "full_term", "no", None
    )


def test_sixty_months_are_served_in_one_community() -> None:
    full_term(
        term("2021-01-08"), term_over("2023-06-30"), term("2023-07-01", at=NEXT_DOOR), reading="60_months"
    ).then_condition("full_term", "no", None)


def test_just_three_years_are_not_over_three_years() -> None:
    full_term(term("2021-01-08"), term_over("2024-01-07"), reading="over_3_years").then_condition(
        "full_term", "no", None
    )


def test_three_years_and_a_day_are_over_three_years() -> None:
    # They are served with the end of 8 January 2024, and count from the day after.
    full_term(term("2021-01-08"), term_over("2024-01-08", "removed"), reading="over_3_years").then_condition(
        "full_term", "yes", "2024-01-09"
    )


def test_over_three_years_are_served_in_one_community() -> None:
    full_term(
        term("2021-01-08"),
        term_over("2023-06-30"),
        term("2023-07-01", at=NEXT_DOOR),
        term_over("2026-06-30", at=NEXT_DOOR),
        reading="over_3_years",
    ).then_condition("full_term", "no", None)


ACROSS = (
    term("2021-01-08"),
    term_over("2023-06-30", "transferred"),
    term("2023-07-01", at=NEXT_DOOR, mode="appointed"),
)


def test_a_term_may_be_served_across_communities_if_read_so() -> None:
    full_term(*ACROSS, term_over("2026-01-09", at=NEXT_DOOR), reading="cross_community").then_condition(
        "full_term", "yes", "2026-01-10"
    )


def test_across_communities_it_is_still_served_to_a_turnover() -> None:
    full_term(*ACROSS, term_over("2026-01-09", "removed", at=NEXT_DOOR), reading="cross_community").then_condition(
        "full_term", "no", None
    )


def test_across_communities_every_day_is_served() -> None:
    full_term(
        term("2021-01-08"),
        term_over("2023-06-30", "transferred"),
        term("2023-07-02", at=NEXT_DOOR, mode="appointed"),
        term_over("2026-01-09", at=NEXT_DOOR),
        reading="cross_community",
    ).then_condition("full_term", "no", None)


def test_across_communities_it_begins_with_an_election() -> None:
    full_term(
        term("2021-01-08", mode="by_election"),
        term_over("2023-06-30", "transferred"),
        term("2023-07-01", at=NEXT_DOOR, mode="appointed"),
        term_over("2026-01-09", at=NEXT_DOOR),
        reading="cross_community",
    ).then_condition("full_term", "no", None)


def test_across_communities_the_turnover_comes_after_the_election() -> None:
    full_term(
        term("2016-01-11", mode="appointed"), term_over("2021-01-07"), term("2021-01-08"), reading="cross_community"
    ).then_condition("full_term", "no", None)
