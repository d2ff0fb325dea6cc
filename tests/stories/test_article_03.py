"""Article 3: community workers work full-time, 全日制专职工作人员."""

from tests.given import (
    OTHER_LEAGUE,
    OTHER_STREET,
    assigned,
    contract_ended,
    findings,
    given,
    hired,
    into,
    out,
    resigned,
    service_years,
    street,
)

TWO_POSTS = (hired("2020-03-02"), hired("2025-05-08", at=OTHER_STREET), contract_ended("2025-05-31"))


def test_two_full_time_posts_in_different_communities_are_found_against() -> None:
    given(hired("2020-03-02"), hired("2025-05-08", at=OTHER_STREET)).when_asked(findings).then_finds(
        "double_post", article="3", severity="breach", since="2025-05-08", until=None, entries=[1, 2]
    )


def test_two_posts_are_found_against_until_one_of_them_ends() -> None:
    given(*TWO_POSTS).when_asked(findings).then_finds("double_post", since="2025-05-08", until="2025-05-31")


def test_two_posts_are_not_found_before_the_second_begins() -> None:
    given(*TWO_POSTS).when_asked(findings, on="2025-05-07").then_does_not_find("double_post")


def test_two_posts_wholly_before_the_regulation_are_only_information() -> None:
    given(hired("2020-03-02"), hired("2023-05-08", at=OTHER_STREET), contract_ended("2024-08-20")).when_asked(
        findings
    ).then_finds("double_post", severity="info", since="2023-05-08", until="2024-08-20")


def test_two_posts_that_reach_into_the_regulation_are_a_breach() -> None:
    given(hired("2020-03-02"), hired("2023-05-08", at=OTHER_STREET), contract_ended("2024-08-21")).when_asked(
        findings
    ).then_finds("double_post", severity="breach", since="2023-05-08", until="2024-08-21")


def test_a_part_time_post_beside_a_full_time_one_is_no_double_post() -> None:
    given(hired("2020-03-02"), hired("2025-05-08", at=OTHER_STREET, full_time=False)).when_asked(
        findings
    ).then_does_not_find("double_post")


def test_the_handover_day_of_a_matched_transfer_is_no_double_post() -> None:
    given(hired("2020-03-02"), out("2025-06-30"), into("2025-06-30")).when_asked(findings).then_does_not_find(
        "double_post"
    )


def test_a_day_shared_by_a_departure_and_an_arrival_that_do_not_fit_is_a_double_post() -> None:
    given(
        hired("2020-03-02"), out("2025-06-30", to=street(OTHER_LEAGUE)), into("2025-06-30", at=OTHER_STREET)
    ).when_asked(findings).then_finds("double_post", since="2025-06-30", until="2025-06-30")


def test_a_post_that_begins_the_day_after_another_ended_is_no_double_post() -> None:
    given(hired("2020-03-02"), contract_ended("2025-06-30"), hired("2025-07-01", at=OTHER_STREET)).when_asked(
        findings
    ).then_does_not_find("double_post")


def test_resigning_and_being_hired_again_on_one_day_in_one_community_is_no_double_post() -> None:
    given(hired("2020-03-02"), resigned("2025-06-30"), hired("2025-06-30")).when_asked(findings).then_does_not_find(
        "double_post"
    )


def test_resigning_and_being_hired_elsewhere_on_one_day_is_a_double_post() -> None:
    given(hired("2020-03-02"), resigned("2025-06-30"), hired("2025-06-30", at=OTHER_STREET)).when_asked(
        findings
    ).then_finds("double_post", since="2025-06-30", until="2025-06-30")


def test_being_sent_to_another_community_of_the_street_is_no_second_post() -> None:
    answer = given(hired("2025-01-01"), assigned("2025-01-11")).when_asked(service_years, on="2025-01-31")
    answer.then(days=31).then_does_not_find("double_post")
    assert [spell["community"] for spell in answer.spells][-1] == "150102001002"


def test_days_in_two_posts_count_once() -> None:
    given(hired("2025-01-01"), hired("2025-01-06", at=OTHER_STREET)).when_asked(service_years, on="2025-01-10").then(
        days=10, continuous_days=10
    )


def test_part_time_work_is_no_service() -> None:
    given(hired("2020-01-06", full_time=False)).when_asked(service_years).then(
        days=0, since=None, continuous_days=0, ten_years_on=None
    )


def test_part_time_work_between_two_full_time_posts_is_a_gap() -> None:
    given(
        hired("2018-03-01"),
        contract_ended("2025-01-31"),
        hired("2025-02-01", full_time=False),
        contract_ended("2025-02-28"),
        hired("2025-03-01"),
    ).when_asked(service_years, on="2025-03-31").then(since="2025-03-01", continuous_days=31)
