"""Article 24 and the years: which days lent count, bridge or break.

Hired on 1 March 2018, ten years are reached on 1 March 2028; every day that bridges puts that off by a day. From
1 March 2018 to 30 June 2025 there are 2557 days of seven years (two leap days) and 31 + 30 + 31 + 30 more: 2679.
"""

import pytest

from tests.given import Answer, back, given, hired, seconded, service_years

BEGUN = hired("2018-03-01")
ON = "2025-06-30"
OVER_BY_TEN = (BEGUN, seconded("2025-03-01"), back("2025-06-11"))
"""2 to 11 June are past the limit."""
WITHIN = (BEGUN, seconded("2025-03-01"), back("2025-05-31"))
"""31 + 30 + 31 = 92 lawful days."""


def years(story: tuple[object, ...], **reading: str) -> Answer:
    return given(*story).when_asked(service_years, on=ON, reading=reading)


def test_days_within_the_limit_count() -> None:
    years(WITHIN).then(days=2679, continuous_days=2679, ten_years_on="2028-03-01")


def test_days_past_the_limit_count_for_article_23_and_bridge_for_article_32() -> None:
    years(OVER_BY_TEN).then(days=2679, continuous_days=2669, since="2018-03-01", ten_years_on="2028-03-11")


def test_days_at_a_banned_host_bridge_from_the_first() -> None:
    story = (BEGUN, seconded("2025-03-01", "banner_or_above"), back("2025-03-10"))
    years(story).then(days=2679, continuous_days=2669, ten_years_on="2028-03-11")


def test_days_of_a_chain_past_its_limit_bridge() -> None:
    # 2 to 11 June are past the limit that the first link set.
    story = (BEGUN, seconded("2025-03-01"), back("2025-05-01"), seconded("2025-05-20"), back("2025-06-11"))
    years(story).then(days=2679, continuous_days=2669, ten_years_on="2028-03-11")


def test_days_without_an_approval_within_the_limit_are_lawful() -> None:
    years((BEGUN, seconded("2025-03-01", approval=""), back("2025-05-31"))).then(
        continuous_days=2679, ten_years_on="2028-03-01"
    )


def test_days_before_the_regulation_are_lawful() -> None:
    years((BEGUN, seconded("2023-05-08", "banner_or_above"), back("2024-08-20"))).then(
        continuous_days=2679, ten_years_on="2028-03-01"
    )


@pytest.mark.parametrize(
    "lent", [seconded("2024-07-01", "banner_or_above"), seconded("2024-04-01")], ids=["banned", "past the limit"]
)
def test_days_are_unlawful_from_the_first_day_of_the_regulation(lent: object) -> None:
    # 21 August to 10 September 2024 are 11 + 10 days.
    years((BEGUN, lent, back("2024-09-10"))).then(continuous_days=2658, ten_years_on="2028-03-22")


def test_unlawful_days_may_be_read_to_count() -> None:
    years(OVER_BY_TEN, unlawful_secondment="counts").then(days=2679, continuous_days=2679, ten_years_on="2028-03-01")


def test_unlawful_days_may_be_read_to_bridge_both_measures() -> None:
    years(OVER_BY_TEN, unlawful_secondment="bridges").then(days=2669, continuous_days=2669, ten_years_on="2028-03-11")


def test_unlawful_days_may_be_read_to_break_both_measures() -> None:
    # 12 to 30 June are left for the new run.
    years(OVER_BY_TEN, unlawful_secondment="breaks").then(
        days=2669, continuous_days=19, since="2025-06-12", ten_years_on="2035-06-12"
    )


def test_lawful_days_may_be_read_to_bridge() -> None:
    # 92 days after 1 March 2018 is 1 June 2018.
    years(WITHIN, lawful_secondment="bridges").then(days=2587, continuous_days=2587, ten_years_on="2028-06-01")


def test_lawful_days_may_be_read_to_break() -> None:
    years(WITHIN, lawful_secondment="breaks").then(days=2587, since="2025-06-01", continuous_days=30)


def test_a_secondment_within_the_limit_may_be_read_past_it() -> None:
    # Read inclusive, 1 June is past the limit of a secondment that began on 1 March.
    story = (BEGUN, seconded("2025-03-01"), back("2025-06-01"))
    years(story).then(continuous_days=2679)
    years(story, limit="inclusive").then(continuous_days=2678, ten_years_on="2028-03-02")


def test_an_open_secondment_is_projected_past_its_limit() -> None:
    # Lent since 1 October 2026, the days count to 1 January 2027 and bridge ever after.
    given(BEGUN, seconded("2026-10-01")).when_asked(service_years).then(ten_years_on=None)


def test_ten_years_may_be_complete_before_an_open_secondment_reaches_its_limit() -> None:
    given(hired("2017-01-01"), seconded("2026-10-01")).when_asked(service_years).then(ten_years_on="2027-01-01")


def test_ten_years_that_need_a_day_past_the_limit_do_not_come() -> None:
    # The days count to 1 January 2027: whoever began on 2 January 2017 has ten years then, a day later nobody has.
    given(hired("2017-01-02"), seconded("2026-10-01")).when_asked(service_years).then(ten_years_on="2027-01-02")
    given(hired("2017-01-03"), seconded("2026-10-01")).when_asked(service_years).then(ten_years_on=None)
