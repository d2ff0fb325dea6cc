"""What an auditor is told to look at: late entries, edits, and many of them before a step."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import QuestionError
from domain.facts import AppointedOut, Graded, Promoted
from projections.late_entries import late_entries
from projections.reaching import AT_A_TIME, Reaching
from projections.sieve import USUAL, Sieve
from tests.building import told
from tests.given import (
    HOME,
    OTHER_LEAGUE,
    appointed_out,
    assessed,
    commended,
    corrected,
    day,
    hired,
    out,
    prior,
    registered,
    voided,
)
from tests.kept.places import is_in_reach
from tests.kept.populations import divisions
from tests.kept.recorded import Recorded, looked_at, offices, recorded
from tests.kept.shelves import asked_of, kept, uuid_of

MANY = settings(max_examples=150, deadline=None)
TODAY = date(2026, 11, 24)
HIRED: Recorded = (hired("2020-01-01"), "2020-01-03", "clerk")
PROMOTED: Recorded = (Promoted(on=date(2024, 6, 1), track="staff", level=4), "2024-06-30", "clerk")


def look(*entries: Recorded, first: str = "2000-01-01", last: str = "2026-11-24", **asked: Any) -> Any:
    """What is told of one career, asked of the region; None if nothing is."""
    careers = {uuid_of(0): recorded(*entries, career=uuid_of(0))}
    with kept(careers) as snapshot:
        answer = late_entries(snapshot, asked_of("15", TODAY), Reaching("15", TODAY), day(first), day(last), **asked)
    found = told(answer)["careers"]
    assert len(found) < 2
    return found[0] if found else None


def test_an_entry_is_late_on_the_ninety_first_day():
    for on, days in (("2024-08-02", None), ("2024-08-03", 91)):
        found = look(HIRED, (commended("2024-05-04"), on, "li"))
        if days is None:
            assert found is None
        else:
            (late,) = found["late"]
            assert late == {
                "number": 2,
                "kind": "commended",
                "happened_on": "2024-05-04",
                "recorded_on": on,
                "recorded_by": "li",
                "days": days,
                "why": f"happened on 2024-05-04 and was recorded on {on}: 91 days later, more than 90",
            }


def test_how_late_is_late_can_be_asked():
    assert look(HIRED, sieve=Sieve(late_after=2)) is None
    assert look(HIRED, sieve=Sieve(late_after=1))["late"][0]["days"] == 2


def test_a_registration_is_never_late_for_its_day_is_a_date_of_birth():
    found = look((registered("1988-05-20"), "2024-01-01", "clerk"), sieve=Sieve(late_after=0))
    assert found is None


def test_earlier_service_is_never_late_for_nobody_says_when_it_was_recognised():
    assert look(HIRED, (prior("2010-01-01", "2012-12-31"), "2024-01-01", "clerk")) is None


def test_an_entry_that_was_corrected_was_late_all_the_same():
    found = look((hired("2014-01-01"), "2024-01-05", "clerk"), (corrected(1, hired("2024-01-01")), "2024-01-06", "li"))
    assert [late["number"] for late in found["late"]] == [1]
    (edit,) = found["edits"]
    assert edit == {
        "number": 2,
        "kind": "corrected",
        "target": 1,
        "recorded_on": "2024-01-06",
        "recorded_by": "li",
        "why": "corrects entry 1",
    }


def test_both_days_of_the_period_are_inside():
    entries = (HIRED, (commended("2022-05-04"), "2022-05-05", "li"), (voided(2), "2024-01-06", "clerk"))
    for first, last, there in (
        ("2024-01-06", "2024-01-06", True),
        ("2024-01-07", "2026-01-01", False),
        ("2000-01-01", "2024-01-05", False),
    ):
        assert (look(*entries, first=first, last=last) is not None) is there


def test_a_first_entry_on_the_last_day_of_the_period_is_inside():
    late: Recorded = (hired("2020-01-01"), "2024-01-06", "li")
    assert look(late, first="2024-01-06", last="2024-01-06")["late"][0]["number"] == 1
    assert look(late, last="2024-01-05") is None


def test_three_edits_shortly_before_a_promotion_are_told_together():
    edits: list[Recorded] = [
        (corrected(1, hired("2019-06-01")), "2024-05-01", "li"),
        (corrected(1, hired("2018-06-01")), "2024-06-02", "li"),
        (assessed(2021, "excellent"), "2024-06-30", "wang"),
    ]
    (cluster,) = look(HIRED, *edits, PROMOTED)["clusters"]
    assert cluster == {
        "step": 5,
        "kind": "promoted",
        "recorded_on": "2024-06-30",
        "recorded_by": "clerk",
        "entries": [2, 3, 4],
        "authors": ["li", "wang"],
        "why": "in the 60 days before entry 5 (promoted) was recorded on 2024-06-30, 3 entries were recorded late or"
        " edited another",
    }


def test_sixty_days_are_within_and_a_day_more_is_not():
    def clusters(on: str) -> int:
        edit = (corrected(1, hired("2019-06-01")), on, "li")
        return len(look(HIRED, edit, edit, edit, PROMOTED)["clusters"])

    assert (clusters("2024-05-01"), clusters("2024-04-30")) == (1, 0)


def test_two_are_not_many_and_what_comes_after_the_step_is_not_counted():
    edit: Recorded = (corrected(1, hired("2019-06-01")), "2024-06-30", "li")
    assert look(HIRED, edit, edit, PROMOTED)["clusters"] == []
    assert look(HIRED, edit, edit, PROMOTED, edit)["clusters"] == []
    assert len(look(HIRED, edit, edit, PROMOTED, sieve=Sieve(at_least=2))["clusters"]) == 1


def test_what_came_together_may_be_older_than_the_period_of_its_step():
    edit: Recorded = (corrected(1, hired("2019-06-01")), "2024-06-01", "li")
    found = look(HIRED, edit, edit, edit, PROMOTED, first="2024-06-30")
    assert (found["edits"], found["late"]) == ([], [])
    assert found["clusters"][0]["entries"] == [2, 3, 4]


@pytest.mark.parametrize(
    ("step", "is_one"),
    [
        (Graded(on=date(2024, 6, 1), track="staff", level=4, basis="reassessed"), True),
        (Promoted(on=date(2024, 6, 1), track="staff", level=4), True),
        (appointed_out("2024-06-29"), True),
        (AppointedOut(last_day=date(2024, 6, 29), to="civil_service"), True),
        (commended("2024-06-29"), False),
        (out("2024-06-29"), False),
    ],
)
def test_a_step_is_what_the_file_gives_a_ground_for(step, is_one):
    edit: Recorded = (corrected(1, hired("2019-06-01")), "2024-06-01", "li")
    assert len(look(HIRED, edit, edit, edit, (step, "2024-06-30", "clerk"))["clusters"]) == is_one


def test_what_a_reader_is_not_shown_is_not_counted_and_what_amends_it_is_not_told():
    late: Recorded = (commended("2020-05-04"), "2024-06-01", "li")
    entries = (
        HIRED,
        late,
        late,
        (corrected(2, commended("2020-06-04")), "2024-06-02", "wang"),
        (voided(4), "2024-06-03", "li"),
    )
    assert len(look(*entries, PROMOTED)["clusters"]) == 1
    assert look(*entries, PROMOTED, without=frozenset({"commended"})) is None


@pytest.mark.parametrize("numbers", [{"late_after": -1}, {"within": -1}, {"at_least": 0}])
def test_a_sieve_that_sifts_nothing_is_refused(numbers: dict[str, int]):
    (field,) = numbers
    with pytest.raises(QuestionError, match=field):
        Sieve(**numbers)


def test_only_careers_in_reach_of_both_the_division_and_the_asker_are_told_of():
    late: Recorded = (commended("2020-05-04"), "2024-06-01", "li")
    moved: Recorded = (out("2022-06-28", to=OTHER_LEAGUE[:9]), "2022-06-28", "clerk")
    careers = {
        uuid_of(place): recorded(*entries, career=uuid_of(place))
        for place, entries in enumerate(
            [(HIRED, late), (HIRED, moved, late), ((hired("2020-01-01", OTHER_LEAGUE), "2020-01-02", "clerk"), late)]
        )
    }

    def found(division: str, jurisdiction: str, on: str = "2026-11-24") -> list[int]:
        with kept(careers) as snapshot:
            asked = asked_of(division, day(on))
            answer = late_entries(snapshot, asked, Reaching(jurisdiction, TODAY), day("2000-01-01"), TODAY)
        return [one.career.int - 1 for one in answer.careers]

    assert found("15", "15") == [0, 1, 2]
    assert found("1501", "1501") == found(HOME, "15") == [0, 1]
    assert found("1502", "1502") == [1, 2]
    assert found("1502", "1501") == [1]
    assert found("1502", "15", on="2022-06-27") == [2]


def test_however_few_careers_are_read_at_a_time_all_are_told_of(monkeypatch: pytest.MonkeyPatch):
    late: Recorded = (hired("2020-01-01"), "2024-01-06", "li")
    quiet: Recorded = (hired("2020-01-01"), "2020-01-06", "li")
    careers = {
        uuid_of(place): recorded(one, career=uuid_of(place))
        for place, one in enumerate([quiet, late, quiet, late, late])
    }
    monkeypatch.setattr("projections.late_entries.AT_A_TIME", 1)
    with kept(careers) as snapshot:
        asked, reaching = asked_of("15", TODAY), Reaching("15", TODAY)
        answer = late_entries(snapshot, asked, reaching, day("2020-01-01"), TODAY)
    assert [one.career for one in answer.careers] == [uuid_of(1), uuid_of(3), uuid_of(4)]


@st.composite
def sieves(draw: Any) -> Sieve:
    return Sieve(draw(st.sampled_from([0, 7, 60, 90])), draw(st.sampled_from([0, 60, 61])), draw(st.integers(1, 4)))


@MANY
@given(
    offices(),
    st.one_of(st.just("15"), divisions()),
    st.one_of(st.just("15"), divisions()),
    st.tuples(days := st.dates(date(2005, 1, 1), date(2028, 1, 1)), days).map(sorted),
    st.one_of(st.just(USUAL), sieves()),
    st.sampled_from([frozenset(), frozenset({"hired", "assessed"})]),
    st.tuples(st.integers(1, 3), st.sampled_from([1, 2, AT_A_TIME])),
)
def test_page_by_page_it_is_what_each_career_by_itself_says(
    careers: Any, division: Any, jurisdiction: Any, period: Any, sieve: Any, without: Any, sizes: Any
):
    (first, last), (limit, at_a_time) = period, sizes
    in_reach = {
        uuid: entries
        for uuid, entries in careers.items()
        if is_in_reach(entries, division, last) and is_in_reach(entries, jurisdiction, TODAY)
    }
    read: list[Any] = []
    reached = None
    with kept(careers) as snapshot, pytest.MonkeyPatch.context() as patch:
        patch.setattr("projections.late_entries.AT_A_TIME", at_a_time)
        while True:
            answer = late_entries(
                snapshot, asked_of(division, last), Reaching(jurisdiction, TODAY), first, last,
                sieve=sieve, without=without, limit=limit, after=reached,
            )  # fmt: skip
            read += answer.careers
            assert {one.career for one in answer.unplaced} <= {
                uuid for uuid, entries in careers.items() if is_in_reach(entries, jurisdiction, TODAY)
            }
            reached = answer.next
            if reached is None:
                break
            assert (len(answer.careers), answer.careers[-1].career) == (limit, reached)
    assert [
        {
            "career": str(one.career),
            "late": [late.number for late in one.late],
            "edits": [edit.number for edit in one.edits],
            "clusters": [(cluster.step, [*cluster.entries], [*cluster.authors]) for cluster in one.clusters],
        }
        for one in read
    ] == looked_at(in_reach, first, last, sieve, without)
