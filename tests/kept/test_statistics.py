"""The figures of a division are what looking at each of its people, one day at a time, adds up to."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.career import Post
from domain.divisions import names
from domain.errors import QuestionError
from domain.facts import AnyFact
from domain.regulation.service import service
from projections.statistics import statistics
from tests import given as tell
from tests.building import chosen, told
from tests.given import HOME, NEXT_DOOR, OTHER_LEAGUE, OTHER_STREET, hired, trained
from tests.kept.plain import Plain
from tests.kept.planned import year_of_training
from tests.kept.shelves import asked_of, entries_by_career, kept
from tests.kept.test_questions_against_brute_force import Case, cases

MANY = settings(max_examples=200, deadline=None)
BANDS = [(0, 1), (1, 3), (3, 5), (5, 10), (10, 15), (15, 20), (20, None)]
OFFICES = ["secretary", "director", "deputy_secretary", "deputy_director", "member"]
PARTS = {2: 4, 4: 6, 6: 9, 9: 12}


def posts_of(one: Plain, division: str, on: date) -> list[Post]:
    day = on.toordinal()
    open_posts = [post for post in one.career.posts if post.begin <= day < post.end]
    return [post for post in open_posts if post.community_on(day).startswith(division)]


def how_many(people: list[Plain], holds: Callable[[Plain], Any]) -> int:
    return sum(1 for one in people if holds(one))


def expected_posts(people: list[Plain], case: Case) -> list[dict[str, Any]]:
    def holds(role: str | None, full_time: bool) -> Callable[[Plain], bool]:
        return lambda one: (
            (role, full_time) in [(post.role, post.full_time) for post in posts_of(one, case.division, case.on)]
        )

    kinds = [(role, full_time) for role in ("committee", "specialist", None) for full_time in (True, False)]
    counted = [
        {"role": role, "full_time": full_time, "people": how_many(people, holds(role, full_time))}
        for role, full_time in kinds
    ]
    return [one for one in counted if one["people"]]


def expected_parts(people: list[Plain], case: Case) -> list[dict[str, Any]]:
    level = PARTS.get(len(case.division))
    parts = sorted(code for code in names() if len(code) == level and code.startswith(case.division))
    return [
        {
            "division": part,
            "people": how_many(people, lambda one: posts_of(one, part, case.on)),  # noqa: B023
            "full_time": how_many(people, lambda one: any(p.full_time for p in posts_of(one, part, case.on))),  # noqa: B023
        }
        for part in parts
    ]


def expected_tenure(people: list[Plain], case: Case) -> list[dict[str, Any]]:
    years = [service(one.career, one.readings, case.on).cumulative.span.years for one in people]
    return [
        {
            "years_from": low,
            "years_under": high,
            "people": len([one for one in years if low <= one and (high is None or one < high)]),
        }
        for low, high in BANDS
    ]


def expected_training(people: list[Plain], year: int, on: date) -> dict[str, Any]:
    owing = [one for one in (year_of_training(person, year, on) for person in people) if one.owed]
    missing = sum(max(0, one.owed - one.done) for one in owing)
    return {
        "year": year,
        "finished": year < on.year,
        "owing": len(owing),
        "reached": len([one for one in owing if one.done >= one.owed]),
        "hours_missing": pytest.approx(missing),
    }


def expected_findings(case: Case) -> dict[tuple[str, str], int]:
    open_ones = [row for one in case.plain for row in one.findings(case.division, case.on) if row["until"] is None]
    return Counter((row["article"], row["severity"]) for row in open_ones)


@MANY
@given(cases(), st.one_of(st.none(), st.integers(1, 20_000)))
def test_every_figure_is_what_each_person_by_itself_adds_up_to(case, population):
    people = [one for one in case.plain if posts_of(one, case.division, case.on)]
    day = case.on.toordinal()
    with case.kept() as snapshot:
        answer = told(statistics(snapshot, case.asked, population))
    assert answer["people"] == len(people)
    assert answer["by_post"] == expected_posts(people, case)
    assert answer["parts"] == expected_parts(people, case)
    assert answer["tenure"] == expected_tenure(people, case)
    assert answer["training"] == [expected_training(people, year, case.on) for year in (case.on.year - 1, case.on.year)]
    offices = [{term.office for term in one.career.terms if term.begin <= day < term.end} for one in people]
    assert {one["office"]: one["people"] for one in answer["offices"]} == {
        office: len([held for held in offices if office in held]) for office in OFFICES
    }
    found = {(one["article"], one["severity"]): one["findings"] for one in answer["open_findings"]}
    assert found == expected_findings(case)


@MANY
@given(cases(), st.integers(1, 10**7))
def test_the_standard_is_18_for_every_ten_thousand_and_only_full_time_counts(case, population):
    full_time = [one for one in case.plain if any(p.full_time for p in posts_of(one, case.division, case.on))]
    with case.kept() as snapshot:
        standard = told(statistics(snapshot, case.asked, population))["standard"]
    assert standard["exact"] * 10_000 == pytest.approx(population * 18)
    assert standard["people"] * 10_000 <= population * 18 < (standard["people"] + 1) * 10_000
    assert standard["full_time"] == len(full_time)
    assert standard["difference"] == len(full_time) - standard["people"]


@MANY
@given(cases())
def test_everybody_is_in_one_band_and_one_part_at_least(case):
    with case.kept() as snapshot:
        answer = statistics(snapshot, case.asked)
        parts = [statistics(snapshot, asked_of(p.division, case.on, case.asked.readings)) for p in answer.parts[:12]]
    assert sum(band.people for band in answer.tenure) == answer.people
    assert [part.people for part in answer.parts[:12]] == [one.people for one in parts]
    assert max((part.people for part in answer.parts), default=0) <= answer.people
    assert not answer.parts or sum(part.people for part in answer.parts) >= answer.people


# Stories


def figures(
    on: str,
    *people: tuple[AnyFact, ...],
    division: str = "15",
    population: int | None = None,
    reading: dict[str, Any] | None = None,
) -> Any:
    read = chosen(reading)
    with kept(entries_by_career(people), read) as snapshot:
        return told(statistics(snapshot, asked_of(division, date.fromisoformat(on), read), population))


def band_of(on: str, *facts: AnyFact) -> tuple[int, int | None]:
    """The band in which one person is."""
    (one,) = [band for band in figures(on, facts)["tenure"] if band["people"]]
    return one["years_from"], one["years_under"]


@pytest.mark.parametrize(
    ("on", "band"),
    [
        ("2020-02-29", (0, 1)),
        ("2021-02-26", (0, 1)),
        ("2021-02-27", (1, 3)),
        ("2023-02-26", (1, 3)),
        ("2023-02-27", (3, 5)),
        ("2025-02-26", (3, 5)),
        ("2025-02-27", (5, 10)),
        ("2028-02-28", (5, 10)),
    ],
)
def test_years_are_completed_by_the_calendar_after_a_leap_day_too(on, band):
    """In other years 28 February corresponds to the first day, so a year is complete at the end of the 27th."""
    assert band_of(on, hired("2020-02-29")) == band


def test_a_year_is_complete_at_the_end_of_its_last_day():
    assert band_of("2020-12-31", hired("2020-01-01")) == (1, 3)
    assert band_of("2020-12-30", hired("2020-01-01")) == (0, 1)


def test_the_first_day_of_new_service_completes_a_year():
    """365 days of a leap year are none; the 366th is served on the asked day."""
    story = (hired("2020-01-01"), tell.resigned("2020-12-30"), hired("2022-01-03"))
    assert band_of("2022-01-03", *story) == (1, 3)
    assert figures("2022-01-03", story, reading={"on": "exclusive"})["tenure"][0]["people"] == 1


def test_service_before_a_gap_adds_up_and_twenty_years_are_the_last_band():
    """With six leap days served, one more than in the twenty years up to the asked day, a day fewer is needed."""
    story = (hired("2004-01-01"), tell.resigned("2013-12-31"), hired("2016-01-01"))
    assert band_of("2025-12-29", *story) == (15, 20)
    assert band_of("2025-12-30", *story) == (20, None)


def test_part_time_work_is_in_the_headcount_and_in_no_standard_and_adds_up_to_nothing():
    answer = figures("2026-06-01", (hired("2010-01-01", full_time=False),), population=600)
    assert answer["people"] == 1
    assert answer["by_post"] == [{"role": "specialist", "full_time": False, "people": 1}]
    assert answer["tenure"][0] == {"years_from": 0, "years_under": 1, "people": 1}
    assert answer["standard"] == {
        "population": 600,
        "per_ten_thousand": 18,
        "exact": 1.08,
        "people": 1,
        "full_time": 0,
        "difference": -1,
    }


@pytest.mark.parametrize(("population", "people"), [(555, 0), (556, 1), (10_000, 18), (16_890_000, 30_402)])
def test_the_standard_in_people_never_exceeds_the_rate(population, people):
    assert figures("2026-06-01", (hired("2020-01-01"),), population=population)["standard"]["people"] == people


def test_without_a_population_there_is_no_standard_and_nobody_is_no_population():
    assert figures("2026-06-01", (hired("2020-01-01"),))["standard"] is None
    with pytest.raises(QuestionError):
        figures("2026-06-01", (hired("2020-01-01"),), population=0)


def test_who_holds_two_posts_is_one_person_in_two_parts():
    answer = figures("2026-06-01", (hired("2020-01-01"), hired("2025-01-06", OTHER_LEAGUE, role="committee")))
    assert answer["people"] == 1
    assert [(one["role"], one["people"]) for one in answer["by_post"]] == [("committee", 1), ("specialist", 1)]
    parts = [(part["division"], part["people"]) for part in answer["parts"] if part["people"]]
    assert parts == [("1501", 1), ("1502", 1)]


def test_parts_without_anybody_are_shown_and_a_community_has_none():
    street = figures("2026-06-01", (hired("2020-01-01"),), division=HOME[:9])
    assert {part["division"]: part["people"] for part in street["parts"]}[NEXT_DOOR] == 0
    assert figures("2026-06-01", (hired("2020-01-01"),), division=HOME)["parts"] == []


def test_who_transfers_away_on_the_asked_day_still_counts_there():
    story = (hired("2016-07-01"), tell.out("2026-06-15"), tell.into("2026-06-16"))
    where = {
        (division, on): figures(on, story, division=division)["people"]
        for division in (HOME[:9], OTHER_STREET[:9])
        for on in ("2026-06-15", "2026-06-16")
    }
    assert where == {
        (HOME[:9], "2026-06-15"): 1,
        (HOME[:9], "2026-06-16"): 0,
        (OTHER_STREET[:9], "2026-06-15"): 0,
        (OTHER_STREET[:9], "2026-06-16"): 1,
    }


def test_offices_are_counted_by_their_holders():
    head = (hired("2020-01-01"), tell.term("2021-01-11"), tell.term("2021-01-11", "director"))
    left = (hired("2020-01-01"), tell.term("2021-01-11", "member"), tell.term_over("2026-05-31", office="member"))
    held = {one["office"]: one["people"] for one in figures("2026-06-01", head, left)["offices"]}
    assert held == {"secretary": 1, "director": 1, "deputy_secretary": 0, "deputy_director": 0, "member": 0}


def test_training_of_the_last_year_is_over_and_that_of_this_year_goes_on():
    reached = (hired("2024-01-01"), trained("2025-03-03", 40), trained("2026-03-03", 39.5), trained("2026-06-02", 0.5))
    short = (hired("2024-01-01"), tell.term("2025-12-31"), trained("2025-03-03", 40))
    newcomer = (hired("2025-01-02"), trained("2026-01-02", 40))
    last_year, this_year = figures("2026-06-01", reached, short, newcomer)["training"]
    assert last_year == {"year": 2025, "finished": True, "owing": 2, "reached": 1, "hours_missing": 16.0}
    assert this_year == {"year": 2026, "finished": False, "owing": 3, "reached": 1, "hours_missing": 56.5}


def test_a_year_is_over_on_1_january_and_not_on_31_december():
    story = (hired("2024-01-01"), trained("2026-12-31", 40))
    assert [one["year"] for one in figures("2026-12-31", story)["training"]] == [2025, 2026]
    assert figures("2026-12-31", story)["training"][1]["reached"] == 1
    assert figures("2026-12-30", story)["training"][1]["reached"] == 0
    assert figures("2027-01-01", story)["training"][0] == {
        "year": 2026, "finished": True, "owing": 1, "reached": 1, "hours_missing": 0.0,
    }  # fmt: skip


def test_open_findings_are_those_that_still_go_on():
    story = (hired("2024-01-01"), tell.seconded("2026-01-05", "banner_or_above"))
    found = {
        (one["article"], one["severity"]): one["findings"] for one in figures("2026-06-01", story)["open_findings"]
    }
    assert found[("24", "breach")] == 2
    back = (*story, tell.back("2026-06-01"))
    closed = [one["article"] for one in figures("2026-06-01", back)["open_findings"]]
    assert "24" not in closed
    assert "24" in [one["article"] for one in figures("2026-05-31", back)["open_findings"]]


def test_nobody_makes_empty_figures():
    answer = figures("2026-06-01", (hired("2020-01-01"),), division="1525")
    assert answer["people"] == 0
    assert answer["by_post"] == []
    assert answer["open_findings"] == []
    assert [band["people"] for band in answer["tenure"]] == [0] * 7
