"""What happened, of one author, without what a reader is not shown, and of careers in reach alone."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import AnyFact, Sanctioned
from domain.regulation.readings import DEFAULT
from projections.happened import happened
from projections.reaching import Reaching
from tests.building import told
from tests.given import HOME, OTHER_STREET, commended, corrected, hired, resigned, voided
from tests.kept.asking import MOVED, facts
from tests.kept.places import is_in_reach
from tests.kept.plain import Plain
from tests.kept.populations import divisions
from tests.kept.recorded import AUTHORS, offices, recorded
from tests.kept.shelves import asked_of, facts_in, kept, uuid_of
from tests.kept.test_questions_against_brute_force import cursor_of

MANY = settings(max_examples=150, deadline=None)
EVER = ("2000-01-01", "2026-11-24")
TODAY = date(2026, 11, 24)


def numbers_of(author: str) -> list[int]:
    """What one author is told to have recorded, of entries by two."""
    entries = recorded(
        (hired("2020-01-01"), "2020-01-03", "clerk"),
        (commended("2021-05-04"), "2021-06-01", "l\0"),
        (commended("2022-05-04"), "2022-06-01", "clerk"),
        (corrected(3, commended("2022-06-04")), "2022-07-01", "l\0"),
        (corrected(2, commended("2021-06-04")), "2022-07-01", "clerk"),
        (voided(5), "2022-07-02", "clerk"),
        career=uuid_of(0),
    )
    careers = {uuid_of(0): entries}
    with kept(careers) as snapshot:
        first, last = map(date.fromisoformat, EVER)
        answer = happened(snapshot, facts_in(careers), asked_of("15", TODAY), first, last, author=author)
    assert answer.author == author
    return [one.number for one in answer.happened]


def test_of_an_author_is_what_the_author_recorded_or_corrected_to_what_it_says():
    assert numbers_of("clerk") == [1, 3]
    assert numbers_of("l\0") == [2, 3]
    assert numbers_of("nobody") == []


def test_a_reader_is_not_shown_the_kinds_that_are_left_out_as_facts_read_now():
    sanctioned = Sanctioned(on=date(2021, 5, 4), kind="警告", decision_no="1")
    career: list[AnyFact] = [hired("2020-01-01"), sanctioned, commended("2022-05-04"), corrected(3, sanctioned)]
    without = frozenset({"sanctioned", "suspended"})
    assert [one["kind"] for one in facts(HOME, *EVER, career, without=without)] == ["hired"]
    assert facts(HOME, *EVER, career, without=without, kind="sanctioned") == []
    career.append(voided(4))
    assert [one["kind"] for one in facts(HOME, *EVER, career, without=without)] == ["hired", "commended"]


def test_the_answer_says_what_it_leaves_out():
    with kept({}) as snapshot:
        day = date(2024, 1, 1)
        answer = happened(
            snapshot, facts_in({}), asked_of("15", day), day, day, without=frozenset({"suspended", "died"})
        )
    assert told(answer)["without"] == ["died", "suspended"]


def test_what_happened_here_is_told_only_of_whom_the_asker_has_in_reach_today():
    def kinds(jurisdiction: str, career: list[AnyFact], on: date = TODAY) -> list[str]:
        return [one["kind"] for one in facts("15", *EVER, career, reaching=Reaching(jurisdiction, on))]

    assert kinds(HOME, MOVED) == []
    assert kinds(OTHER_STREET, MOVED) == kinds("15", MOVED) == ["hired", "transferred_out", "transferred_in"]
    assert kinds(OTHER_STREET, MOVED, date(2024, 6, 27)) == []
    assert kinds(OTHER_STREET[:9], MOVED[:2], date(2024, 6, 28)) == ["hired", "transferred_out"]


def test_what_is_set_aside_is_told_of_careers_in_reach_alone():
    careers = {uuid_of(0): recorded((resigned("2019-01-01"), "2024-01-01", "clerk"), career=uuid_of(0))}
    with kept(careers) as snapshot:
        for jurisdiction, told_of in (("1501", []), ("15", [uuid_of(0)])):
            answer = happened(
                snapshot, facts_in(careers), asked_of("15", TODAY), TODAY, TODAY, reaching=Reaching(jurisdiction, TODAY)
            )
            assert [one.career for one in answer.unplaced] == told_of


@MANY
@given(
    offices(),
    st.tuples(divisions(), divisions()),
    st.sampled_from([None, *AUTHORS, "nobody"]),
    st.sampled_from([frozenset(), frozenset({"hired", "assessed"}), frozenset({"transferred_out"})]),
    st.dates(date(2005, 1, 1), TODAY),
    st.sampled_from([1, 2, 1000]),
)
def test_page_by_page_it_is_what_the_histories_say(careers, places, author, without, today, limit):
    division, jurisdiction = places
    first, last = date(2000, 1, 1), date(2028, 1, 1)
    expected = []
    for uuid, entries in careers.items():
        if is_in_reach(entries, jurisdiction, today):
            for row in Plain(uuid, entries, DEFAULT).happened(division, first, last):
                authors = {entries[number - 1].state.recorded_by for number in row["entries"]}
                if row["kind"] not in without and author in (None, *authors):
                    expected.append(row)
    expected.sort(key=lambda row: (row["day"], row["career"], row["number"]))
    read: list[Any] = []
    reached = None
    with kept(careers) as snapshot:
        while True:
            answer = told(
                happened(
                    snapshot,
                    facts_in(careers),
                    asked_of(division, TODAY),
                    first,
                    last,
                    author=author,
                    without=without,
                    reaching=Reaching(jurisdiction, today),
                    limit=limit,
                    after=reached,
                )
            )
            read += answer["happened"]
            if answer["next"] is None:
                break
            reached = cursor_of(answer["happened"][-1])
    assert read == expected
