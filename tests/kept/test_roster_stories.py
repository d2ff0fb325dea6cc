"""Who is on the roster of a division on which day."""

from datetime import date
from typing import Any

from domain.facts import AnyFact, Graded, Promoted
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    OTHER_STREET,
    assigned,
    hired,
    street,
    term,
    term_over,
)
from tests.kept.asking import MOVED, on_roster
from tests.kept.shelves import uuid_of


def test_who_is_transferred_leaves_one_roster_and_joins_the_other_with_the_days_in_between_in_neither():
    for on, here, there in (
        ("2024-06-28", [HOME], []),
        ("2024-06-29", [], []),
        ("2024-06-30", [], []),
        ("2024-07-01", [], [OTHER_STREET]),
    ):
        assert [row["community"] for row in on_roster(street(HOME), on, MOVED)] == here
        assert [row["community"] for row in on_roster(street(OTHER_STREET), on, MOVED)] == there


def test_service_goes_on_in_the_new_street():
    (row,) = on_roster(OTHER_STREET, "2026-06-30", MOVED)
    assert row["in_post_since"] == "2024-07-01"
    assert row["continuous_since"] == "2018-03-01"
    assert row["cumulative"]["days"] == (date(2026, 6, 30) - date(2018, 3, 1)).days + 1 - 2


def test_two_posts_are_two_rows_of_the_region_and_one_of_each_league():
    both: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", at=OTHER_LEAGUE, full_time=False)]
    rows = on_roster("15", "2022-01-01", both)
    assert [(row["community"], row["full_time"]) for row in rows] == [(HOME, True), (OTHER_LEAGUE, False)]
    assert [row["community"] for row in on_roster("1502", "2022-01-01", both)] == [OTHER_LEAGUE]
    assert rows[0]["cumulative"] == rows[1]["cumulative"]


def test_only_part_time_has_no_service_to_tell():
    (row,) = on_roster(HOME, "2022-01-01", [hired("2020-01-01", full_time=False)])
    assert row["cumulative"] == {"days": 0, "span": {"years": 0, "months": 0, "days": 0}}
    assert row["continuous_since"] is None


def test_a_banner_is_no_prefix_of_its_sister_and_a_street_none_of_another():
    career: list[AnyFact] = [hired("2020-01-01", at=OTHER_STREET)]
    for division, there in {
        "15": 1,
        "1501": 1,
        "150102": 1,
        "150102002": 1,
        "150102001": 0,
        "150103": 0,
        "1502": 0,
    }.items():
        assert len(on_roster(division, "2021-01-01", career)) == there, division


def test_grade_and_office_change_on_their_day():
    career: list[AnyFact] = [
        hired("2020-01-01"),
        Graded(on=date(2021, 3, 1), track="staff", level=3, basis="initial"),
        Promoted(on=date(2023, 3, 1), track="deputy", level=4),
        term("2022-05-10", "director"),
        term_over("2023-02-28", office="director"),
    ]

    def at(on: str) -> Any:
        (row,) = on_roster(HOME, on, career)
        return row["grade"], [held["office"] for held in row["offices"]], row["entries"]

    assert at("2021-02-28") == (None, [], [1])
    assert at("2021-03-01") == ({"track": "staff", "level": 3}, [], [1, 2])
    assert at("2022-05-09")[1] == []
    assert at("2022-05-10") == ({"track": "staff", "level": 3}, ["director"], [1, 2, 4])
    assert at("2023-02-28")[1:] == (["director"], [1, 2, 4])
    assert at("2023-03-01") == ({"track": "deputy", "level": 4}, [], [1, 3])


def test_an_assignment_keeps_the_post_and_begins_a_stay():
    career: list[AnyFact] = [hired("2020-01-01"), assigned("2022-06-01")]
    assert [row["community"] for row in on_roster(street(HOME), "2022-05-31", career)] == [HOME]
    (row,) = on_roster(street(HOME), "2022-06-01", career)
    assert (row["community"], row["in_post_since"], row["here_since"]) == (NEXT_DOOR, "2020-01-01", "2022-06-01")


def test_read_exclusive_the_first_day_is_no_day_yet():
    career: list[AnyFact] = [hired("2020-01-01")]
    (first,) = on_roster(HOME, "2020-01-01", career, reading={"on": "exclusive"})
    assert (first["cumulative"]["days"], first["continuous_since"]) == (0, None)
    (second,) = on_roster(HOME, "2020-01-02", career, reading={"on": "exclusive"})
    assert (second["cumulative"]["days"], second["continuous_since"]) == (1, "2020-01-01")


def test_rosters_are_ordered_by_community_then_by_the_post_then_by_career():
    careers = [hired("2020-01-02")], [hired("2020-01-01")], [hired("2020-01-01", at=NEXT_DOOR)], [hired("2020-01-01")]
    rows = on_roster("15", "2021-01-01", *careers)
    assert [row["career"] for row in rows] == [str(uuid_of(place)) for place in (1, 3, 0, 2)]
