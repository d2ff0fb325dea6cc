"""Article 23: workers may move across streets, banners and leagues, and their years add up, 工作年限累计计算.

Hired on 1 March 2018 and never interrupted, ten years are complete on 29 February 2028, and one has them on 1 March.
Every day that bridges puts that off by a day: counted without the bridge, one would have begun a day later.
"""

from typing import Any

import pytest

from tests.given import (
    OTHER_LEAGUE,
    OTHER_STREET,
    contract_ended,
    given,
    hired,
    into,
    out,
    prior,
    resigned,
    service_years,
    street,
)

BEGUN = hired("2018-03-01")
CHANGED = hired("2020-01-01"), resigned("2020-01-31"), hired("2020-03-01")


def test_service_in_one_post_is_continuous_from_its_first_day() -> None:
    # 31 days of March, 30 of April.
    given(hired("2025-03-01")).when_asked(service_years, on="2025-04-30").then(
        since="2025-03-01", days=61, span=(0, 2, 0), continuous_days=61, ten_years_on="2035-03-01"
    )


def test_a_weekend_between_two_posts_does_not_break_ten_years() -> None:
    given(BEGUN, out("2024-06-28"), into("2024-07-01")).when_asked(service_years, on="2026-06-30").then(
        since="2018-03-01", ten_years_on="2028-03-03"
    )


def test_resigning_on_a_friday_and_being_hired_on_monday_does_not_break_ten_years() -> None:
    given(BEGUN, resigned("2024-06-28"), hired("2024-07-01")).when_asked(service_years).then(
        since="2018-03-01", ten_years_complete="2028-03-02", ten_years_on="2028-03-03"
    )


def test_a_workday_between_two_posts_breaks() -> None:
    given(BEGUN, resigned("2024-06-28"), hired("2024-07-02")).when_asked(service_years).then(
        since="2024-07-02", ten_years_on="2034-07-02"
    )


def test_the_week_of_national_day_between_two_posts_does_not_break() -> None:
    # 1 to 7 October 2024 are holidays: seven days bridge.
    given(BEGUN, resigned("2024-09-30"), hired("2024-10-08")).when_asked(service_years).then(
        since="2018-03-01", ten_years_on="2028-03-08"
    )


def test_a_make_up_workday_between_two_posts_breaks() -> None:
    # Sunday, 29 September 2024, was worked for National Day.
    given(BEGUN, resigned("2024-09-27"), hired("2024-09-30")).when_asked(service_years).then(since="2024-09-30")


def test_the_spring_festival_between_two_posts_does_not_break() -> None:
    # 10 to 17 February 2024: eight days bridge. The Sunday after them was worked, and is the first day of the new post.
    given(BEGUN, resigned("2024-02-09"), hired("2024-02-18")).when_asked(service_years).then(
        since="2018-03-01", ten_years_on="2028-03-09"
    )


def test_the_make_up_workday_after_the_spring_festival_breaks() -> None:
    given(BEGUN, resigned("2024-02-09"), hired("2024-02-19")).when_asked(service_years).then(since="2024-02-19")


def test_a_gap_does_not_count_as_service() -> None:
    # June has 30 days, July 31, and the weekend of 29 and 30 June is lost.
    given(hired("2024-06-01"), resigned("2024-06-28"), hired("2024-07-01")).when_asked(
        service_years, on="2024-07-31"
    ).then(days=59, continuous_days=59).then_spells(
        ("2024-06-01", "2024-06-28", "count"),
        ("2024-06-29", "2024-06-30", "bridge"),
        ("2024-07-01", "2024-07-31", "count"),
    )


def test_fifteen_days_between_leaving_and_arriving_do_not_break() -> None:
    # 4 to 18 June.
    given(BEGUN, out("2024-06-03"), into("2024-06-19")).when_asked(service_years).then(
        since="2018-03-01", ten_years_on="2028-03-16"
    )


def test_sixteen_days_between_leaving_and_arriving_break() -> None:
    given(BEGUN, out("2024-06-03"), into("2024-06-20")).when_asked(service_years).then(since="2024-06-20")


def test_fifteen_days_are_for_a_transfer_only() -> None:
    given(BEGUN, resigned("2024-06-03"), hired("2024-06-19")).when_asked(service_years).then(since="2024-06-19")


def test_an_arrival_that_does_not_fit_its_departure_breaks() -> None:
    given(BEGUN, out("2024-06-03", to=street(OTHER_LEAGUE)), into("2024-06-10", at=OTHER_STREET)).when_asked(
        service_years
    ).then(since="2024-06-10")


def test_a_move_to_another_league_does_not_break() -> None:
    given(BEGUN, out("2024-06-30", to=street(OTHER_LEAGUE)), into("2024-07-01", at=OTHER_LEAGUE)).when_asked(
        service_years
    ).then(since="2018-03-01", ten_years_on="2028-03-01")


def test_between_two_posts_without_a_day_between_there_is_no_gap() -> None:
    given(hired("2025-06-01"), out("2025-06-15"), into("2025-06-16")).when_asked(
        service_years, on="2025-06-30"
    ).then_spells(("2025-06-01", "2025-06-15", "count"), ("2025-06-16", "2025-06-30", "count"))


def test_a_handover_day_worked_in_both_places_counts_once() -> None:
    given(hired("2020-01-01"), out("2020-01-10"), into("2020-01-10")).when_asked(service_years, on="2020-01-20").then(
        days=20, continuous_days=20, since="2020-01-01"
    )


def test_years_add_up_over_a_break_and_continuous_years_begin_again() -> None:
    # 31 days of January and 31 of March; as one stretch up to 1 April they would have begun on 30 January.
    given(*CHANGED).when_asked(service_years, on="2020-03-31").then(
        days=62, span=(0, 2, 2), continuous_days=31, since="2020-03-01", continuous_span=(0, 1, 0)
    ).then_spells(
        ("2020-01-01", "2020-01-31", "count"),
        ("2020-02-01", "2020-02-29", "break"),
        ("2020-03-01", "2020-03-31", "count"),
    )


def test_asked_in_a_break_the_stretch_before_it_is_told() -> None:
    given(*CHANGED).when_asked(service_years, on="2020-02-15").then(days=31, since="2020-01-01", continuous_days=31)


def test_whoever_left_for_good_will_not_complete_ten_years() -> None:
    given(BEGUN, resigned("2025-12-31")).when_asked(service_years).then(
        since="2018-03-01", ten_years_complete=None, ten_years_on=None
    )


def test_whoever_left_after_ten_years_keeps_having_completed_them() -> None:
    given(hired("2014-03-01"), resigned("2025-12-31")).when_asked(service_years).then(
        ten_years_complete="2024-02-29", ten_years_on="2024-03-01"
    )


@pytest.mark.parametrize("end", [contract_ended, out])
def test_a_contract_s_end_or_a_departure_ends_the_earlier_begun_of_two_posts(end: Any) -> None:
    answer = given(BEGUN, hired("2024-01-01", at=OTHER_LEAGUE), end("2024-12-31")).when_asked(service_years)
    answer.then(since="2018-03-01", ten_years_on="2028-03-01")
    assert answer.spells[-1]["community"] == OTHER_LEAGUE


def test_a_resignation_ends_both_of_two_posts() -> None:
    given(hired("2025-01-01"), hired("2025-01-06", at=OTHER_STREET), resigned("2025-01-31")).when_asked(
        service_years
    ).then(days=31, ten_years_on=None)


def test_a_contract_s_planned_end_ends_nothing() -> None:
    given(hired("2018-03-01", contract_until="2021-02-28")).when_asked(service_years).then(ten_years_on="2028-03-01")


def test_recognised_grid_work_counts_for_both_measures() -> None:
    # January and February 2025.
    given(prior("2025-01-01", "2025-01-31"), hired("2025-02-01")).when_asked(service_years, on="2025-02-28").then(
        days=59, continuous_days=59, since="2025-01-01"
    )


def test_a_weekend_between_grid_work_and_the_first_post_does_not_break() -> None:
    # 31 August and 1 September 2024 bridge.
    given(prior("2019-03-04", "2024-08-30"), hired("2024-09-02")).when_asked(service_years).then(
        since="2019-03-04", ten_years_on="2029-03-06"
    )


def test_a_workday_between_grid_work_and_the_first_post_breaks() -> None:
    given(prior("2019-03-04", "2024-08-30"), hired("2024-09-03")).when_asked(service_years).then(since="2024-09-03")


def test_grid_work_beside_a_post_counts_once() -> None:
    given(prior("2025-01-01", "2025-02-10"), hired("2025-02-01")).when_asked(service_years, on="2025-02-28").then(
        days=59, continuous_days=59
    )


@pytest.mark.parametrize("kind", ["other_region", "military"])
def test_other_recognised_service_does_not_count_unless_it_is_read_to(kind: str) -> None:
    given(prior("2025-01-01", "2025-01-31", kind), hired("2025-02-01")).when_asked(service_years, on="2025-02-28").then(
        days=28, since="2025-02-01"
    )
