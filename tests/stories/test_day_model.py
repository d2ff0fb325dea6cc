"""The day model: every day counts, bridges or breaks, and what the counted days come to.

From 1 March 2018 to 30 June 2025 there are 2679 days, and ten years are reached on 1 March 2028.
"""

import pytest

from tests.given import (
    OTHER_STREET,
    Answer,
    contract_ended,
    given,
    hired,
    into,
    leave,
    leave_over,
    out,
    prior,
    probation,
    resigned,
    resolved,
    seconded,
    service_years,
    suspended,
)

BEGUN = hired("2018-03-01")


def served(first_day: str, last_day: str, **reading: str) -> Answer:
    """Hired once, and asked while still in the post."""
    return given(hired(first_day)).when_asked(service_years, on=last_day, reading=reading)


def test_a_year_is_full_at_the_end_of_the_day_before_the_anniversary() -> None:
    # On 28 February 2024, eleven months to 1 February and 28 days.
    served("2023-03-01", "2024-02-28").then(span=(0, 11, 28))
    served("2023-03-01", "2024-02-29").then(span=(1, 0, 0))


def test_ten_years_from_a_leap_day_are_reached_on_28_february() -> None:
    served("2020-02-29", "2025-01-01").then(ten_years_complete="2030-02-27", ten_years_on="2030-02-28")


def test_ten_years_to_a_leap_day_are_complete_on_it() -> None:
    served("2018-03-01", "2025-01-01").then(ten_years_complete="2028-02-29", ten_years_on="2028-03-01")


def test_a_month_from_the_31st_is_full_before_the_last_day_of_february() -> None:
    served("2024-01-31", "2024-02-27").then(days=28, span=(0, 0, 28))
    served("2024-01-31", "2024-02-28").then(days=29, span=(0, 1, 0))


def test_two_months_from_the_31st_are_counted_from_the_31st_not_from_the_29th() -> None:
    # One month is 29 February; from there to 30 March are 30 days, which are no month of this span.
    served("2024-01-31", "2024-03-29").then(span=(0, 1, 30))
    served("2024-01-31", "2024-03-30").then(span=(0, 2, 0))


def test_thirty_days_of_one_stretch_are_not_carried_to_a_month() -> None:
    served("2024-01-31", "2024-03-29", span="sum_30").then(span=(0, 1, 30))


BROKEN = (hired("2025-01-01"), resigned("2025-01-20"), hired("2025-03-03"))
"""20 days of January; by 17 March, 15 more."""


def test_broken_service_is_said_as_if_it_had_been_served_up_to_its_last_day() -> None:
    # 35 days before 18 March is 11 February: a month to 11 March, and 7 days.
    given(*BROKEN).when_asked(service_years, on="2025-03-17").then(days=35, span=(0, 1, 7))


def test_summed_up_thirty_days_of_several_stretches_are_a_month() -> None:
    given(*BROKEN).when_asked(service_years, on="2025-03-17", reading={"span": "sum_30"}).then(span=(0, 1, 5))


def test_after_the_end_of_service_the_span_stays() -> None:
    given(hired("2025-01-31"), contract_ended("2025-02-27")).when_asked(service_years).then(days=28, span=(0, 1, 0))


@pytest.mark.parametrize("kind", ["statutory", "maternity", "injury"])
def test_days_of_statutory_maternity_and_injury_leave_count(kind: str) -> None:
    given(BEGUN, leave("2025-01-01", kind), leave_over("2025-06-10")).when_asked(service_years, on="2025-06-30").then(
        days=2679, continuous_days=2679, ten_years_on="2028-03-01"
    )


def test_all_days_of_sick_leave_count_without_a_medical_period() -> None:
    given(BEGUN, leave("2025-01-01", "sick"), leave_over("2025-06-10")).when_asked(
        service_years, on="2025-06-30", reading={"sick_leave": "breaks"}
    ).then(days=2679, since="2018-03-01")


def test_days_of_sick_leave_within_the_medical_period_count_up_to_its_last_day() -> None:
    # 11 to 20 January are beyond it.
    given(BEGUN, leave("2025-01-01", "sick", "2025-01-10"), leave_over("2025-01-20")).when_asked(
        service_years, on="2025-01-31"
    ).then_spells(
        ("2018-03-01", "2024-12-31", "count"),
        ("2025-01-01", "2025-01-10", "count"),
        ("2025-01-11", "2025-01-20", "bridge"),
        ("2025-01-21", "2025-01-31", "count"),
    )


def test_sick_leave_that_began_after_the_medical_period_bridges_from_its_first_day() -> None:
    given(BEGUN, leave("2025-01-11", "sick", "2025-01-11"), leave_over("2025-01-20")).when_asked(
        service_years, on="2025-06-30"
    ).then(days=2670, ten_years_on="2028-03-10")


def test_a_day_under_several_states_takes_the_worse() -> None:
    # Cleared, the suspension counts; the ten days of unpaid leave within it bridge.
    given(
        BEGUN, suspended("2025-01-01"), resolved("2025-01-31", "cleared"), leave("2025-01-10"), leave_over("2025-01-19")
    ).when_asked(service_years, on="2025-06-30").then(days=2669, since="2018-03-01", ten_years_on="2028-03-11")


def test_a_day_that_breaks_breaks_although_another_state_bridges_it() -> None:
    given(
        BEGUN, suspended("2025-01-01"), resolved("2025-01-10"), leave("2025-01-05"), leave_over("2025-01-05")
    ).when_asked(service_years, on="2025-06-30", reading={"unpaid_leave": "breaks"}).then(since="2025-01-11")


def test_a_day_of_service_from_two_sources_takes_the_better() -> None:
    given(BEGUN, leave("2025-01-01"), leave_over("2025-01-10"), prior("2025-01-01", "2025-01-10")).when_asked(
        service_years, on="2025-06-30"
    ).then(days=2679, ten_years_on="2028-03-01")


def test_a_failed_probation_in_a_second_post_takes_nothing_from_the_first() -> None:
    given(
        BEGUN, hired("2025-01-01", at=OTHER_STREET, probation_until="2025-03-31"), probation("2025-03-20")
    ).when_asked(service_years, on="2025-06-30", reading={"probation": "excluded_if_failed"}).then(
        days=2679, continuous_days=2679
    )


def test_a_cleared_suspension_counts() -> None:
    given(BEGUN, suspended("2025-01-01"), resolved("2025-01-10", "cleared")).when_asked(
        service_years, on="2025-06-30"
    ).then(days=2679, ten_years_on="2028-03-01")


def test_open_unpaid_leave_is_projected_as_open() -> None:
    given(BEGUN, leave("2026-09-01")).when_asked(service_years).then(since="2018-03-01", ten_years_on=None)


def test_open_sick_leave_counts_to_the_end_of_its_medical_period_only() -> None:
    story = (leave("2026-09-01", "sick", "2027-06-30"),)
    given(hired("2017-07-01"), *story).when_asked(service_years).then(ten_years_on="2027-07-01")
    given(hired("2017-07-02"), *story).when_asked(service_years).then(ten_years_on=None)


def test_a_bridge_that_is_over_puts_ten_years_off_by_its_days() -> None:
    # 1 to 31 January.
    given(BEGUN, leave("2025-01-01"), leave_over("2025-01-31")).when_asked(service_years).then(
        ten_years_complete="2028-03-31", ten_years_on="2028-04-01"
    )


def test_a_bridge_after_ten_years_are_complete_does_not_undo_them() -> None:
    given(hired("2014-03-01"), leave("2024-03-01"), leave_over("2025-02-28")).when_asked(service_years).then(
        ten_years_complete="2024-02-29", ten_years_on="2024-03-01"
    )


def test_a_bridge_on_the_last_day_of_ten_years_puts_them_off() -> None:
    given(hired("2014-03-01"), leave("2024-02-29"), leave_over("2024-02-29")).when_asked(service_years).then(
        ten_years_complete="2024-03-01", ten_years_on="2024-03-02"
    )


def test_ten_years_are_complete_on_a_counted_day() -> None:
    # Up to 26 February 2022 they lack a day. The 27th bridges, as if one had begun on 29 February 2012: ten years from
    # there are over on 28 February 2022, before that day is served; it is the first counted day that has them.
    given(hired("2012-02-28"), leave("2022-02-27"), leave_over("2022-02-27")).when_asked(service_years).then(
        ten_years_complete="2022-02-28", ten_years_on="2022-03-01"
    )


def test_a_break_after_ten_years_are_complete_begins_a_new_run() -> None:
    given(hired("2014-03-01"), resigned("2024-12-31"), hired("2025-03-03")).when_asked(service_years).then(
        since="2025-03-03", ten_years_on="2035-03-03"
    )


def test_days_before_the_first_fact_hold_no_service() -> None:
    given(hired("2025-03-03")).when_asked(service_years, on="2025-03-02").then(
        days=0, span=(0, 0, 0), since=None, continuous_days=0
    ).then_spells()


def test_work_that_does_not_count_is_told_and_explained() -> None:
    # Part-time in January, away in February, full-time from March on.
    answer = given(hired("2025-01-01", full_time=False), contract_ended("2025-01-31"), hired("2025-03-01")).when_asked(
        service_years, on="2025-03-31"
    )
    answer.then(days=31, since="2025-03-01").then_spells(
        ("2025-01-01", "2025-01-31", "break"),
        ("2025-02-01", "2025-02-28", "break"),
        ("2025-03-01", "2025-03-31", "count"),
    )
    assert "part-time" in answer.spells[0]["why"]
    assert answer.spells[0]["community"] is not None


def test_service_in_another_region_is_told_although_it_does_not_count() -> None:
    answer = given(prior("2013-01-01", "2017-12-31", kind="other_region"), hired("2018-01-01")).when_asked(
        service_years, on="2018-01-31"
    )
    answer.then(days=31).then_spells(("2013-01-01", "2017-12-31", "break"), ("2018-01-01", "2018-01-31", "count"))
    assert "another region" in answer.spells[0]["why"]


def test_the_first_day_counts_on_itself() -> None:
    served("2025-03-03", "2025-03-03").then(days=1, span=(0, 0, 1), since="2025-03-03")


def test_read_exclusive_there_is_nothing_to_count_on_the_first_day() -> None:
    served("2025-03-03", "2025-03-03", on="exclusive").then(days=0, since=None)


def test_days_after_the_asked_day_are_not_counted_but_shape_the_future() -> None:
    # The ten days of unpaid leave in 2025 put the ten years off whenever one asks.
    given(BEGUN, leave("2025-01-01"), leave_over("2025-01-10")).when_asked(service_years, on="2018-03-31").then(
        days=31, ten_years_on="2028-03-11"
    )


def test_a_resignation_after_the_asked_day_is_known_and_ends_the_projection() -> None:
    given(BEGUN, resigned("2025-12-31")).when_asked(service_years, on="2018-03-31").then(days=31, ten_years_on=None)


def test_after_the_end_of_service_nothing_more_is_counted() -> None:
    given(hired("2025-01-01"), resigned("2025-01-31")).when_asked(service_years, on="2025-02-10").then(
        days=31, continuous_days=31
    ).then_spells(("2025-01-01", "2025-01-31", "count"), ("2025-02-01", "2025-02-10", "break"))


def test_in_a_gap_that_bridges_the_run_goes_on() -> None:
    # Asked on Saturday, 29 June 2024.
    given(BEGUN, resigned("2024-06-28"), hired("2024-07-01")).when_asked(service_years, on="2024-06-29").then(
        since="2018-03-01", ten_years_on="2028-03-03"
    )


def test_a_resignation_ends_an_open_leave() -> None:
    given(hired("2025-01-01"), leave("2025-01-11"), resigned("2025-01-31"), hired("2025-06-01")).when_asked(
        service_years, on="2025-06-30"
    ).then(days=40, continuous_days=30)


def test_an_open_leave_goes_on_over_a_transfer() -> None:
    # Ten days of January are left, and from 16 February 13 days.
    given(
        hired("2025-01-01"), leave("2025-01-11"), out("2025-01-31"), into("2025-02-01"), leave_over("2025-02-15")
    ).when_asked(service_years, on="2025-02-28").then(days=23, continuous_days=23, since="2025-01-01")


def test_rest_days_bridge_out_of_service_only() -> None:
    # An unpaid leave of one weekend is no gap between posts: read to break, it breaks.
    given(BEGUN, leave("2024-06-29"), leave_over("2024-06-30")).when_asked(
        service_years, reading={"unpaid_leave": "breaks"}
    ).then(since="2024-07-01")


def test_days_at_a_banned_host_are_told_with_a_class_for_each_measure() -> None:
    given(hired("2025-01-01"), seconded("2025-01-01", "banner_or_above")).when_asked(
        service_years, on="2025-01-31"
    ).then_spells(("2025-01-01", "2025-01-31", "count", "bridge"))
