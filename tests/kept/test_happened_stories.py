"""What happened in a division, and where a fact belongs."""

from domain.facts import AnyFact
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    OTHER_STREET,
    commended,
    corrected,
    hired,
    into,
    out,
    registered,
    voided,
)
from tests.kept.asking import MOVED, facts


def test_a_correction_moves_facts_to_another_community_with_their_entries():
    career: list[AnyFact] = [
        hired("2020-01-01"),
        commended("2021-05-04"),
        corrected(1, hired("2020-02-01", OTHER_LEAGUE)),
    ]
    assert facts(HOME, "2000-01-01", "2026-01-01", career) == []
    items = facts("1502", "2000-01-01", "2026-01-01", career)
    assert [(one["day"], one["kind"], one["number"], one["entries"]) for one in items] == [
        ("2020-02-01", "hired", 1, [1, 3]),
        ("2021-05-04", "commended", 2, [2]),
    ]
    assert items[0]["fact"]["community"] == OTHER_LEAGUE


def test_what_is_void_did_not_happen():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2021-05-04"), voided(2)]
    assert [one["kind"] for one in facts(HOME, "2000-01-01", "2026-01-01", career)] == ["hired"]


def test_what_does_not_fit_yet_happened_as_it_was_said():
    assert [
        one["kind"] for one in facts(HOME, "2000-01-01", "2026-01-01", [out("2021-01-31"), hired("2022-01-01")])
    ] == [
        "transferred_out",
        "hired",
    ]


def test_both_days_are_inside():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2021-05-04"), commended("2022-05-04")]
    for first, last, there in (
        ("2021-05-04", "2022-05-04", 2),
        ("2021-05-05", "2022-05-04", 1),
        ("2021-05-05", "2022-05-03", 0),
        ("2021-05-04", "2021-05-04", 1),
    ):
        assert len(facts(HOME, first, last, career, kind="commended")) == there


def test_the_first_and_the_last_day_of_a_year_are_of_their_year():
    career: list[AnyFact] = [hired("2020-01-01"), commended("2020-12-31"), commended("2021-01-01")]
    for on in ("2020-12-31", "2021-01-01"):
        assert [one["day"] for one in facts(HOME, on, on, career, kind="commended")] == [on]


def test_a_page_is_full_although_each_of_its_facts_is_in_two_communities():
    praised = [commended(f"2024-07-{on:02}") for on in range(1, 31)] + [commended("2024-08-01")] * 30
    career: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", at=NEXT_DOOR), *praised]
    items = facts("1501", "2024-01-01", "2024-12-31", career, limit=50)
    assert [one["number"] for one in items] == list(range(3, 53))
    assert {tuple(one["communities"]) for one in items} == {(HOME, NEXT_DOOR)}


def test_on_a_day_of_handing_over_a_fact_belongs_to_both_communities_and_is_told_once():
    career: list[AnyFact] = [hired("2020-01-01"), into("2024-07-01"), out("2024-07-01"), commended("2024-07-01")]
    items = facts("150102", "2024-07-01", "2024-07-01", career, kind="commended")
    assert [one["communities"] for one in items] == [[HOME, OTHER_STREET]]
    assert [one["communities"] for one in facts(HOME, "2024-07-01", "2024-07-01", career, kind="commended")] == [[HOME]]


def test_out_of_service_a_fact_belongs_to_where_the_person_served_last_before_else_first_after():
    career: list[AnyFact] = [commended("2019-05-04"), *MOVED[:2], commended("2025-05-04")]
    assert [one["day"] for one in facts(HOME, "2000-01-01", "2026-01-01", career, kind="commended")] == [
        "2019-05-04",
        "2025-05-04",
    ]


def test_who_never_served_is_told_of_in_the_region_only():
    career: list[AnyFact] = [commended("2021-05-04")]
    assert [one["communities"] for one in facts("15", "2021-01-01", "2021-12-31", career)] == [["15"]]
    assert facts("1501", "2021-01-01", "2021-12-31", career) == []


def test_a_registration_is_never_told_for_its_day_is_a_date_of_birth():
    career: list[AnyFact] = [registered("1988-05-20"), hired("2020-01-01")]
    items = facts("15", "1900-01-01", "2026-01-01", career)
    assert [(one["kind"], one["name"]) for one in items] == [("hired", "钱丽娟")]
