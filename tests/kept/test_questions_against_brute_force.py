"""Every question about a division answers what each career by itself says, whatever the careers, readings and day."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.entry import Entry
from domain.facts import Corrected, Voided
from projections.asking import AskedOfDivision
from projections.division_findings import findings_in
from projections.eligible import eligible
from projections.happened import Cursor, happened
from projections.kept.snapshot import Snapshot
from projections.roster import roster
from tests.building import chosen, told
from tests.histories import days_about, readings
from tests.kept.plain import Plain
from tests.kept.populations import HERE, divisions, populations
from tests.kept.shelves import asked_of, entries_by_career, facts_in, kept
from tests.oracle.days import after

MANY = settings(max_examples=150, deadline=None)
LATE = "9999"
OFTEN: list[dict[str, Any]] = [{}, {"on": "exclusive"}, {"span": "sum_30"}, {"span": "sum_30", "on": "exclusive"}]
"""Readings that a roster has a way of its own for."""


class Case(NamedTuple):
    """Some people, and a question about a division."""

    careers: dict[UUID, list[Entry]]
    asked: AskedOfDivision

    @property
    def on(self) -> date:
        return self.asked.on

    @property
    def division(self) -> str:
        return self.asked.division

    @property
    def plain(self) -> list[Plain]:
        return [Plain(uuid, entries, self.asked.readings) for uuid, entries in self.careers.items()]

    def kept(self) -> AbstractContextManager[Snapshot]:
        return kept(self.careers, self.asked.readings)


@st.composite
def cases(draw: DrawFn) -> Case:
    people = draw(populations())
    careers = entries_by_career(people)
    read = chosen(draw(st.one_of(st.sampled_from(OFTEN), readings())))
    days = days_about([fact for facts in people for fact in facts if not isinstance(fact, Corrected | Voided)])
    turns = sorted({day for uuid, entries in careers.items() for day in Plain(uuid, entries, read).turns()})
    on = draw(st.one_of(days, st.sampled_from(turns)) if turns else days)
    return Case(careers, asked_of(draw(divisions()), on, read))


@MANY
@given(cases())
def test_a_roster_is_everyone_with_a_post_there_on_the_day(case):
    expected = [row for one in case.plain for row in one.roster(case.division, case.on)]
    expected.sort(key=lambda row: (row["community"], row["in_post_since"], row["career"]))
    with case.kept() as snapshot:
        assert told(roster(snapshot, case.asked))["workers"] == expected


@MANY
@given(cases(), st.data())
def test_eligible_are_the_secretaries_that_are_so_by_themselves(case, data):
    expected = [row for one in case.plain for row in one.secretary(case.division, case.on)]
    days = sorted({date.fromisoformat(row["eligible_on"]) for row in expected if row["eligible_on"]})
    before = data.draw(st.sampled_from([None, *days, *(after(day) for day in days)]))
    expected.sort(key=lambda row: (row["eligible_on"] or LATE, row["community"], row["career"]))
    if before is not None:
        expected = [row for row in expected if (row["eligible_on"] or LATE) < str(before)]
    with case.kept() as snapshot:
        assert told(eligible(snapshot, case.asked, before))["secretaries"] == expected


@MANY
@given(
    cases(),
    st.sampled_from([None, None, "20", "23", "24", "28", "37", "37(1)", "37(2)"]),
    st.sampled_from([None, None, "breach", "review", "info"]),
    st.booleans(),
)
def test_findings_of_a_division_are_those_of_its_careers(case, article, severity, open_only):
    expected = [
        row
        for one in case.plain
        for row in one.findings(case.division, case.on)
        if article in (None, row["article"], row["article"].partition("(")[0])
        and severity in (None, row["severity"])
        and not (open_only and row["until"])
    ]
    expected.sort(key=lambda row: (row["since"], row["career"], row["article"], row["rule"]))
    with case.kept() as snapshot:
        answer = told(findings_in(snapshot, case.asked, article, severity, open_only=open_only))
    assert answer["findings"] == expected


@MANY
@given(cases())
def test_every_finding_of_a_career_is_told_somewhere_in_the_region(case):
    with case.kept() as snapshot:
        answer = findings_in(snapshot, asked_of("15", case.on, case.asked.readings)).findings
    assert sorted((one.career, one.rule, str(one.since)) for one in answer) == sorted(
        (one.uuid, row["rule"], row["since"]) for one in case.plain for row in one.findings("", case.on)
    )


@MANY
@given(cases(), days := st.dates(date(2005, 1, 1), date(2026, 12, 31)), days, st.sampled_from([1, 2, 7, 1000]))
def test_what_happened_is_in_the_histories_page_by_page(case, one_day, other_day, limit):
    first, last = sorted((one_day, other_day))
    expected = [row for one in case.plain for row in one.happened(case.division, first, last)]
    expected.sort(key=lambda row: (row["day"], row["career"], row["number"]))
    read: list[Any] = []
    reached = None
    with case.kept() as snapshot:
        while True:
            answer = told(
                happened(snapshot, facts_in(case.careers), case.asked, first, last, limit=limit, after=reached)
            )
            read += answer["happened"]
            if answer["next"] is None:
                break
            assert len(answer["happened"]) == limit
            reached = cursor_of(answer["happened"][-1])
            assert answer["next"] == str(reached)
    assert read == expected


@MANY
@given(cases(), st.sampled_from(["hired", "assessed", "transferred_in", "trained", "leave_started"]))
def test_what_happened_of_one_kind(case, kind):
    expected = [row for one in case.plain for row in one.happened(case.division, date(1900, 1, 1), case.on)]
    with case.kept() as snapshot:
        answer = told(happened(snapshot, facts_in(case.careers), case.asked, date(1900, 1, 1), case.on, kind=kind))
    key = lambda row: (row["day"], row["career"], row["number"])  # noqa: E731
    assert answer["happened"] == sorted((row for row in expected if row["kind"] == kind), key=key)


@MANY
@given(cases())
def test_the_answer_of_a_division_is_that_of_its_parts(case):
    if len(case.division) > 6:
        return
    parts = sorted({community[: {2: 4, 4: 6, 6: 9}[len(case.division)]] for community in HERE})
    inside = [part for part in parts if part.startswith(case.division)]
    with case.kept() as snapshot:
        whole = told(roster(snapshot, case.asked))["workers"]
        pieces = [told(roster(snapshot, asked_of(part, case.on, case.asked.readings)))["workers"] for part in inside]
    assert whole == [row for piece in pieces for row in piece]


def cursor_of(row: dict[str, Any]) -> Cursor:
    return Cursor(date.fromisoformat(row["day"]), UUID(row["career"]), row["number"])
