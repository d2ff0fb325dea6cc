"""Who is in reach of an office: the rule by itself, and the same rule as the table's ranges tell it."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.calendar import FOREVER
from domain.divisions import BANNER, COMMUNITY, LEAGUE, REGION, STREET, names
from domain.facts import AnyFact, Corrected, PlainFact, Voided
from domain.fold import fold
from domain.history import history
from projections.kept.reach import ALWAYS, MOVING, Reach, reach_of
from projections.kept.table import number_of, numbers_in
from projections.reaching import AT_A_TIME, Reaching, in_reach
from tests.building import career_of
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    OTHER_STREET,
    assigned,
    contract_ended,
    corrected,
    day,
    died,
    hired,
    into,
    out,
    registered,
    resigned,
    street,
    term,
    voided,
)
from tests.histories import days_about, possible
from tests.kept.places import is_in_reach, places, timeline_of, touches
from tests.kept.populations import HERE, populations
from tests.kept.shelves import entries_by_career, kept, uuid_of

MANY = settings(max_examples=300, deadline=None)
THERE, ELSEWHERE = street(OTHER_STREET), street(OTHER_LEAGUE)


def reached(*told: AnyFact) -> list[tuple[str, str, str | None]]:
    """Where and from when to when, both days inside; before all posts it is the region, which is left out."""

    def read(one: Reach) -> tuple[str, str, str | None]:
        last = None if one.ends == FOREVER else str(date.fromordinal(one.ends - 1))
        return one.code, str(date.fromordinal(one.begins)), last

    first, *others = reach_of(career_of(told))
    assert (first.code, first.begins) == ("15", ALWAYS)
    return [read(one) for one in others]


# Stories


def test_who_serves_is_in_reach_of_the_community_and_of_every_superior_of_it_and_of_no_sister():
    career = career_of([hired("2020-01-01", at=OTHER_STREET)])
    for division, there in {
        "15": True,
        "1501": True,
        "150102": True,
        THERE: True,
        OTHER_STREET: True,
        "1502": False,
        "150103": False,
        street(HOME): False,
        HOME: False,
    }.items():
        assert touches(career, division, day("2020-01-01")) is there, division


def test_an_announced_transfer_is_in_reach_of_its_destination_from_the_last_day_in_the_old_post_on():
    assert reached(hired("2020-01-01"), out("2024-06-28")) == [
        (HOME, "2020-01-01", None),
        (THERE, "2024-06-28", None),
    ]


def test_an_arrival_ends_the_reach_of_what_was_left():
    assert reached(hired("2020-01-01"), out("2024-06-28"), into("2024-07-01")) == [
        (HOME, "2020-01-01", "2024-06-30"),
        (THERE, "2024-06-28", "2024-06-30"),
        (OTHER_STREET, "2024-07-01", None),
    ]


def test_the_destination_does_not_see_who_went_elsewhere():
    assert reached(hired("2020-01-01"), out("2024-06-28"), hired("2024-08-01", OTHER_LEAGUE)) == [
        (HOME, "2020-01-01", "2024-07-31"),
        (THERE, "2024-06-28", "2024-07-31"),
        (OTHER_LEAGUE, "2024-08-01", None),
    ]


@pytest.mark.parametrize("arrived", ["2024-06-28", "2024-06-27", "2023-01-01"])
def test_an_arrival_on_the_last_day_or_before_it_has_answered_the_announcement(arrived: str):
    """What is announced is no longer to come; the community is where the person serves, and until when."""
    assert reached(hired("2020-01-01"), into(arrived), out("2024-06-28"), resigned("2025-01-31")) == [
        (HOME, "2020-01-01", "2024-06-28"),
        (OTHER_STREET, arrived, None),
    ]


def test_who_begins_elsewhere_on_the_last_day_is_not_coming():
    assert reached(hired("2020-01-01"), hired("2024-06-28", OTHER_LEAGUE), out("2024-06-28")) == [
        (HOME, "2020-01-01", "2024-06-28"),
        (OTHER_LEAGUE, "2024-06-28", None),
    ]


def test_a_second_post_that_was_held_before_leaving_answers_no_announcement():
    assert reached(hired("2020-01-01"), hired("2021-01-01", OTHER_LEAGUE, full_time=False), out("2024-06-28")) == [
        (HOME, "2020-01-01", "2024-06-28"),
        (THERE, "2024-06-28", None),
        (OTHER_LEAGUE, "2021-01-01", None),
    ]


def test_a_destination_may_be_a_community_and_then_its_street_sees_it_but_not_its_neighbours():
    career = career_of([hired("2020-01-01"), out("2024-06-28", to=OTHER_STREET)])
    for division, there in {OTHER_STREET: True, THERE: True, THERE + "002": False}.items():
        assert touches(career, division, day("2024-06-28")) is there


def test_a_post_of_one_day_announces_all_the_same():
    assert reached(hired("2024-06-28"), out("2024-06-28")) == [
        (HOME, "2024-06-28", None),
        (THERE, "2024-06-28", None),
    ]


def test_an_announcement_that_is_corrected_or_void_is_in_reach_of_nobody():
    told = [hired("2020-01-01"), out("2024-06-28")]
    assert reached(*told, corrected(2, out("2024-06-28", to=ELSEWHERE))) == [
        (HOME, "2020-01-01", None),
        (ELSEWHERE, "2024-06-28", None),
    ]
    assert reached(*told, voided(2)) == [(HOME, "2020-01-01", None)]


def test_a_departure_that_fits_no_post_announces_nothing():
    assert reached(out("2019-06-28"), hired("2020-01-01")) == [(HOME, "2020-01-01", None)]


def test_who_has_died_is_not_coming():
    assert reached(hired("2020-01-01"), out("2024-06-28"), died("2024-07-03")) == [
        (HOME, "2020-01-01", None),
        (THERE, "2024-06-28", "2024-07-03"),
    ]


def test_out_of_service_a_career_stays_in_reach_of_what_was_left_last():
    assert reached(hired("2020-01-01"), assigned("2021-01-01"), resigned("2022-01-31")) == [
        (HOME, "2020-01-01", "2020-12-31"),
        (NEXT_DOOR, "2021-01-01", None),
    ]


def test_two_communities_that_were_left_on_one_day_both_keep_it_in_reach_and_an_earlier_one_does_not():
    both = [hired("2020-01-01"), hired("2021-01-01", OTHER_LEAGUE), resigned("2024-03-31")]
    assert reached(*both, hired("2025-01-01", NEXT_DOOR)) == [
        (HOME, "2020-01-01", "2024-12-31"),
        (NEXT_DOOR, "2025-01-01", None),
        (OTHER_LEAGUE, "2021-01-01", "2024-12-31"),
    ]


@pytest.mark.parametrize("told", [[registered()], [term("2020-01-01")], []])
def test_who_never_served_is_in_reach_of_the_region_alone(told: list[AnyFact]):
    career = career_of(told)
    assert reach_of(career) == [Reach("15", ALWAYS, FOREVER)]
    assert touches(career, "15", day("2026-01-01"))
    assert not touches(career, "1501", day("2026-01-01"))


def test_before_the_first_post_it_is_the_region_too():
    career = career_of([hired("2020-01-01")])
    assert touches(career, "15", day("2019-12-31"))
    assert not touches(career, "1501", day("2019-12-31"))


def test_no_code_is_another_one_filled_up_with_noughts():
    """So the number of a superior lies in its own range and its superiors', and in none of its parts."""
    whole = [code for code in names() if len(code) == COMMUNITY]
    for level in (REGION, LEAGUE, BANNER, STREET):
        assert not {code.ljust(COMMUNITY, "0") for code in names() if len(code) == level} & set(whole)
    padded = [code.ljust(COMMUNITY, "0") for code in names()]
    assert len(padded) == len(set(padded))


# Properties


@st.composite
def crowded(draw: DrawFn) -> list[AnyFact]:
    """Posts that begin and end on the same few days in the same few places, so that every edge meets every other."""
    where = [HOME, OTHER_STREET, OTHER_LEAGUE]
    days = st.builds("2024-07-{:02}".format, st.integers(1, 6))
    facts: list[PlainFact] = [hired(draw(days), HOME)]
    for _ in range(draw(st.integers(0, 7))):
        on, there, other = draw(days), draw(st.sampled_from(where)), draw(st.sampled_from(where))
        kinds = [into(on, there, street(other)), out(on, street(there)), out(on, there), hired(on, there)]
        home_to_there = [into(on), out(on)] * 3
        facts.append(draw(st.sampled_from([*kinds, *home_to_there, resigned(on), contract_ended(on)])))
    if not draw(st.integers(0, 2)):
        facts.append(died(draw(days)))
    return [*possible(facts)]


@st.composite
def cases(draw: DrawFn) -> tuple[list[list[AnyFact]], str, date]:
    """Some people, a division, and a day: mostly where and when one comes into reach, or goes out of it."""
    people = draw(st.one_of(populations(), st.lists(crowded(), min_size=1, max_size=3)))
    turns = [one for facts in people for one in reach_of(career_of(facts))]
    told = [fact for facts in people for fact in facts if not isinstance(fact, Corrected | Voided)]
    on = draw(days_about(told))
    code = draw(st.sampled_from(HERE))
    if draw(st.integers(0, 3)):
        turn = draw(st.sampled_from(turns))
        edge = draw(st.sampled_from([turn.begins, turn.ends])) - draw(st.integers(0, 1))
        on = date.fromordinal(edge) if ALWAYS < edge < FOREVER - 1 else on
        code = draw(st.sampled_from(turns)).code
    return people, code[: draw(st.sampled_from([2, 4, 6, 9, 12]))], on


@MANY
@given(cases())
def test_the_rule_and_the_ranges_of_the_table_say_what_every_day_by_itself_says(case: Any):
    people, division, on = case
    careers = entries_by_career(people)
    expected = {uuid for uuid, entries in careers.items() if is_in_reach(entries, division, on)}
    touching = {uuid for uuid, entries in careers.items() if touches(fold(history(entries)), division, on)}
    assert touching == expected
    first, end = numbers_in(division)
    t = on.toordinal()
    with kept(careers) as snapshot:
        rows = snapshot.select("SELECT career, code, begins, ends FROM {reach}")
        ranges = {career for career, code, begins, ends in rows if first <= code < end and begins <= t < ends}
        assert ranges == {uuid.bytes for uuid in expected}
        assert in_reach(snapshot, list(careers), Reaching(division, on)) == expected


@MANY
@given(st.one_of(populations(), st.lists(crowded(), min_size=1)))
def test_the_places_change_on_the_days_on_which_the_facts_have_them_change(people: Any):
    for entries in entries_by_career(people).values():
        found, told = reach_of(fold(history(entries))), timeline_of(entries)
        turns = {turn for one in found for turn in (one.begins, one.ends)} | {
            post.first.toordinal() for post in told.posts
        }
        for t in sorted({near for turn in turns for near in (turn - 1, turn, turn + 1) if ALWAYS < near < FOREVER}):
            here = {one.code for one in found if one.begins <= t < one.ends}
            assert here == places(told, date.fromordinal(t)), date.fromordinal(t)


@MANY
@given(st.one_of(populations(), st.lists(crowded())))
def test_on_every_day_there_is_a_place_and_no_range_could_be_shorter_told(people: Any):
    for facts in people:
        found = reach_of(career_of(facts))
        assert found == sorted(found)
        assert all(one.begins < one.ends for one in found)
        assert all(one.code != other.code or one.ends < other.begins for one, other in pairwise(found))
        covered = ALWAYS
        for one in sorted(found, key=lambda one: one.begins):
            assert one.begins <= covered
            covered = max(covered, one.ends)
        assert covered == FOREVER


@given(populations())
def test_no_fact_of_a_population_moves_anybody_but_those_that_are_said_to(people: Any):
    for told in people:
        for before, after in pairwise(told[:length] for length in range(1, len(told) + 1)):
            if not isinstance(after[-1], MOVING):
                assert reach_of(career_of(after)) == reach_of(career_of(before))


def test_any_number_of_careers_is_looked_up():
    careers = entries_by_career([[hired("2020-01-01", HOME if n % 3 else OTHER_LEAGUE)] for n in range(AT_A_TIME + 2)])
    asked = [*careers, *careers, uuid_of(10_000)]
    with kept(careers) as snapshot:
        assert in_reach(snapshot, [], Reaching("15", day("2026-01-01"))) == set()
        assert in_reach(snapshot, asked, Reaching("15", day("2026-01-01"))) == set(careers)
        there = in_reach(snapshot, asked, Reaching("1502", day("2026-01-01")))
    assert there == {uuid_of(n) for n in range(AT_A_TIME + 2) if n % 3 == 0}


def test_a_street_is_kept_as_a_number_in_its_own_range():
    for code in ("15", "1501", "150102", THERE, HOME):
        first, end = numbers_in(code)
        assert first <= number_of(code) < end
