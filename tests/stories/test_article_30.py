"""Article 30: whoever reaches the statutory retirement age is retired.

The days are those of the official table of 2025: 60 years of men and 55 of women are put off by a month for every four
months of birth, to 63 and 58; 50 of women by a month for every two, to 55.
Source: 国务院关于渐进式延迟法定退休年龄的办法 1.
"""

import pytest

from tests.given import Answer, findings, given, hired, registered, retired

OVERDUE = "retirement_overdue"


def born(day: str, sex: str, on: str = "2055-01-01", **reading: str) -> Answer:
    """In a post since 2018, and still on the asked day."""
    return given(registered(day, sex), hired("2018-03-01")).when_asked(findings, on=on, reading=reading)


@pytest.mark.parametrize(
    ("birth", "first_day_overdue"),
    [
        ("1964-12-31", "2025-01-01"),  # 60 years
        ("1965-01-01", "2025-02-02"),  # 60 years 1 month
        ("1965-04-30", "2025-05-31"),  # 60 years 1 month
        ("1965-05-01", "2025-07-02"),  # 60 years 2 months
        ("1966-01-15", "2026-05-16"),  # 60 years 4 months
        ("1976-08-10", "2039-07-11"),  # 62 years 11 months
        ("1976-09-10", "2039-09-11"),  # 63 years
        ("1976-12-10", "2039-12-11"),  # 63 years, the last month of the table
        ("1977-01-10", "2040-01-11"),  # 63 years, no more
    ],
)
def test_men_retire_at_60_and_later_by_their_month_of_birth(birth: str, first_day_overdue: str) -> None:
    born(birth, "male").then_finds(OVERDUE, article="30", severity="breach", since=first_day_overdue, until=None)


@pytest.mark.parametrize(
    ("birth", "first_day_overdue"),
    [
        ("1969-12-20", "2024-12-21"),  # 55 years
        ("1970-01-20", "2025-02-21"),  # 55 years 1 month
        ("1970-04-20", "2025-05-21"),  # 55 years 1 month
        ("1970-05-20", "2025-07-21"),  # 55 years 2 months
        ("1981-08-05", "2039-07-06"),  # 57 years 11 months
        ("1981-09-05", "2039-09-06"),  # 58 years
        ("1982-05-05", "2040-05-06"),  # 58 years, no more
    ],
)
def test_women_retire_at_55_and_later_by_their_month_of_birth(birth: str, first_day_overdue: str) -> None:
    born(birth, "female").then_finds(OVERDUE, since=first_day_overdue)


@pytest.mark.parametrize(
    ("birth", "first_day_overdue"),
    [
        ("1974-12-20", "2024-12-21"),  # 50 years
        ("1975-01-20", "2025-02-21"),  # 50 years 1 month
        ("1975-02-20", "2025-03-21"),  # 50 years 1 month
        ("1975-03-20", "2025-05-21"),  # 50 years 2 months
        ("1984-10-05", "2039-09-06"),  # 54 years 11 months
        ("1984-11-05", "2039-11-06"),  # 55 years
        ("1986-05-05", "2041-05-06"),  # 55 years, no more
    ],
)
def test_women_read_to_retire_at_50_do_so_later_by_their_month_of_birth(birth: str, first_day_overdue: str) -> None:
    born(birth, "female", retirement_female="50").then_finds(OVERDUE, since=first_day_overdue)


def test_the_reading_of_women_s_age_does_not_touch_men() -> None:
    born("1975-01-20", "male", on="2026-11-24", retirement_female="50").then_does_not_find(OVERDUE)


def test_retirement_is_not_overdue_on_the_retirement_day() -> None:
    born("1965-01-15", "male", on="2025-02-15").then_does_not_find(OVERDUE)


def test_retirement_is_overdue_on_the_day_after() -> None:
    born("1965-01-15", "male", on="2025-02-16").then_finds(OVERDUE, since="2025-02-16", until=None)


def test_a_retirement_day_that_its_month_lacks_is_the_month_s_last() -> None:
    # 60 years and 1 month after 31 January 1965 is 28 February 2025.
    born("1965-01-31", "male").then_finds(OVERDUE, since="2025-03-01")


def test_retired_on_the_retirement_day_is_in_order() -> None:
    given(registered("1965-01-15", "male"), hired("2018-03-01"), retired("2025-02-15")).when_asked(
        findings
    ).then_does_not_find(OVERDUE)


def test_retired_late_was_overdue_until_then() -> None:
    given(registered("1965-01-15", "male"), hired("2018-03-01"), retired("2025-02-28")).when_asked(findings).then_finds(
        OVERDUE, since="2025-02-16", until="2025-02-28"
    )


def test_hired_after_the_retirement_day_is_overdue_from_the_first_day() -> None:
    given(registered("1960-01-15", "male"), hired("2025-03-03", role="committee")).when_asked(findings).then_finds(
        OVERDUE, since="2025-03-03"
    )


def test_overdue_wholly_before_the_regulation_is_only_information() -> None:
    given(registered("1960-01-15", "male"), hired("2018-03-01"), retired("2021-12-31")).when_asked(findings).then_finds(
        OVERDUE, severity="info", since="2020-01-16", until="2021-12-31"
    )


def test_without_a_registration_nobody_s_retirement_day_is_known() -> None:
    given(hired("1980-03-01")).when_asked(findings).then_does_not_find(OVERDUE)
