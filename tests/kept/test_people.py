"""Who can be found by name or division, and who is out of reach."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec.structs import replace

from domain.errors import QuestionError
from domain.facts import AnyFact, Corrected, Voided
from domain.regulation.readings import DEFAULT
from projections.people import people
from projections.reaching import Reaching
from tests.building import told
from tests.given import (
    HOME,
    NEXT_DOOR,
    OTHER_LEAGUE,
    OTHER_STREET,
    assigned,
    day,
    hired,
    into,
    out,
    registered,
    resigned,
)
from tests.histories import days_about
from tests.kept.places import is_in_reach
from tests.kept.plain import Plain
from tests.kept.populations import divisions, populations
from tests.kept.shelves import asked_of, entries_by_career, kept, uuid_of

MANY = settings(max_examples=200, deadline=None)
TODAY = date(2026, 11, 24)
NAMES = ["钱丽娟", "钱丽", "钱", "钱丽娟娟", "丽娟", "Qian", "qian", "钱%", "钱_娟"]


def called(name: str) -> AnyFact:
    return replace(registered(), name=name)


def found(*careers: list[AnyFact], of: str = "15", by: str = "15", on: str = "2026-11-24", **asked: Any) -> Any:
    """Each by name, communities, and whether in service."""
    with kept(entries_by_career(careers)) as snapshot:
        answer = told(people(snapshot, asked_of(of, day(on)), Reaching(by, TODAY), **asked))
    return [(one["name"], one["communities"], one["in_service"]) for one in answer["people"]]


def test_a_name_is_asked_for_as_it_is_or_as_a_beginning():
    careers = [[called(name), hired("2020-01-01")] for name in NAMES]

    def names(**asked: Any) -> list[str]:
        return [name for name, *_ in found(*careers, **asked)]

    assert names() == NAMES
    assert names(name="钱丽") == ["钱丽"]
    assert names(name="钱丽", matching="beginning") == ["钱丽娟", "钱丽", "钱丽娟娟"]
    assert names(name="Q", matching="beginning") == ["Qian"]
    assert names(name="钱%", matching="beginning") == ["钱%"]
    assert names(name="钱_娟") == ["钱_娟"]
    assert names(name="赵") == []


def test_who_is_not_registered_has_no_name_and_is_found_by_division_alone():
    assert found([hired("2020-01-01")]) == [(None, [HOME], True)]
    assert found([hired("2020-01-01")], name="钱", matching="beginning") == []


@pytest.mark.parametrize("name", ["", "\0", "钱\0"])
def test_a_name_that_nobody_can_have_is_refused_and_not_repeated(name: str):
    with pytest.raises(QuestionError, match=r"name: must not be empty") as refused:
        found([hired("2020-01-01")], name=name)
    assert "钱" not in refused.value.say("zh")


def test_they_are_where_they_serve_or_where_they_served_last():
    two: list[AnyFact] = [hired("2020-01-01"), hired("2021-01-01", OTHER_LEAGUE), resigned("2024-03-31")]
    assert found(two, on="2020-12-31") == [(None, [HOME], True)]
    assert found(two, on="2024-03-31") == found(two, on="2021-01-01") == [(None, [HOME, OTHER_LEAGUE], True)]
    assert found(two, on="2024-04-01") == [(None, [HOME, OTHER_LEAGUE], False)]
    moved: list[AnyFact] = [hired("2020-01-01"), assigned("2021-01-01"), out("2022-06-30")]
    assert found(moved, on="2022-07-01") == [(None, [NEXT_DOOR], False)]
    assert found([registered()]) == [("钱丽娟", [], False)]


def test_a_desk_finds_who_is_announced_and_no_longer_whom_it_has_let_go():
    announced: list[AnyFact] = [called("钱丽"), hired("2020-01-01"), out("2026-06-30")]
    arrived: list[AnyFact] = [*announced, into("2026-07-03")]
    there, here = OTHER_STREET[:9], HOME[:9]
    assert found(announced, by=there, of=there) == [("钱丽", [HOME], False)]
    assert found(arrived, by=there, of=there) == [("钱丽", [OTHER_STREET], True)]
    assert found(announced, by=here, of=here) == [("钱丽", [HOME], False)]
    assert found(arrived, by=here, of=here) == []


def test_what_was_in_the_division_on_a_day_long_past_is_told_only_to_who_has_it_in_reach_today():
    moved: list[AnyFact] = [hired("2020-01-01"), out("2024-06-28"), into("2024-07-01")]
    assert found(moved, of=HOME, by=HOME, on="2024-06-28") == []
    assert found(moved, of=HOME, by="150102", on="2024-06-28") == [(None, [HOME], True)]
    assert found(moved, of=HOME, by="150102", on="2024-07-01") == []


def test_what_is_set_aside_is_told_of_careers_in_reach_alone():
    moved: list[AnyFact] = [hired("2020-01-01"), out("2024-06-28"), into("2024-07-01"), resigned("2019-01-01")]
    never: list[AnyFact] = [resigned("2019-01-01")]
    with kept(entries_by_career([moved, never])) as snapshot:
        for by, told_of in ((HOME, []), (OTHER_STREET, [uuid_of(0)]), ("15", [uuid_of(0), uuid_of(1)])):
            answer = people(snapshot, asked_of("15", TODAY), Reaching(by, TODAY))
            assert [one.career for one in answer.unplaced] == told_of


@st.composite
def crowds(draw: DrawFn) -> list[list[AnyFact]]:
    """Some people, some of them with a name that others have, or that begins as others do."""
    named = st.lists(st.builds(called, st.sampled_from(NAMES)), max_size=1)
    unnamed = [[one for one in facts if one.tag() != "registered"] for facts in draw(populations(4))]
    return [
        [*facts, *draw(named)] for facts in unnamed if not any(isinstance(one, Corrected | Voided) for one in facts)
    ]


@MANY
@given(st.data(), crowds(), divisions(), st.one_of(st.just("15"), divisions()), st.integers(1, 3))
def test_page_by_page_it_is_everyone_in_reach_of_that_name(data, crowd, division, jurisdiction, limit):
    on = data.draw(days_about([fact for facts in crowd for fact in facts]))
    today = data.draw(days_about([fact for facts in crowd for fact in facts]))
    name = data.draw(st.sampled_from([None, *NAMES]))
    matching = data.draw(st.sampled_from(["exact", "beginning"]))
    careers = entries_by_career(crowd)
    expected = []
    for uuid, entries in careers.items():
        one = Plain(uuid, entries, DEFAULT)
        named_so = (one.name or "").startswith(name or "") and (matching == "beginning" or one.name == name)
        fits = name is None or named_so
        if fits and is_in_reach(entries, division, on) and is_in_reach(entries, jurisdiction, today):
            expected.append((uuid, one.name, *_whereabouts(one, on.toordinal())))
    read: list[Any] = []
    after: UUID | None = None
    with kept(careers) as snapshot:
        while True:
            answer = people(
                snapshot,
                asked_of(division, on),
                Reaching(jurisdiction, today),
                name=name,
                matching=matching,
                limit=limit,
                after=after,
            )
            read += [(one.career, one.name, [*one.communities], one.in_service) for one in answer.people]
            if answer.next is None:
                break
            assert (len(answer.people), answer.people[-1].career) == (limit, answer.next)
            after = answer.next
    assert read == expected


def _whereabouts(one: Plain, day: int) -> tuple[list[str], bool]:
    """The communities of a day, or of the last day of service before it."""
    if day in one.communities:
        return sorted(one.communities[day]), True
    before = [served for served in one.communities if served < day]
    return (sorted(one.communities[max(before)]) if before else []), False
