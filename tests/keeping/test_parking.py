"""A career that cannot be folded is parked: visibly, with a reason, and the others go on."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.facts import AnyFact, Resigned
from projections.keeping.definitions import BY_NAME, TABLES
from projections.kept.folded import Folded
from projections.kept.snapshot import Snapshot
from projections.kept.table import Table
from tests.building import chosen
from tests.given import HOME, NEXT_DOOR, OTHER_LEAGUE, assessed, corrected, hired, registered, resigned
from tests.keeping.ground import (
    IN_MEMORY,
    Ground,
    append,
    append_raw,
    assert_true,
    career,
    differences,
    kept_rows,
    moment,
    rows_in,
)
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

NAME = "钱丽娟"
DOCTOR = "the entry at position {} cannot be decoded; a newer program may have written it: upgrade, or run doctor"


def from_the_future(**fact: Any) -> bytes:
    """An entry of a fact that this program does not know."""
    told = {"recorded_at": moment(9).isoformat(), "recorded_by": NAME, "fact": {"fact": "teleported", **fact}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def people() -> list[tuple[Any, AnyFact]]:
    return [(career(1), registered()), (career(1), hired("2018-03-01")), (career(2), hired("2020-05-06", OTHER_LEAGUE))]


def test_a_career_with_an_entry_of_a_newer_program_is_parked_and_the_others_go_on(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, people())
        keeper.refresh()
        whole = kept_rows(shelf)
        append_raw(ledger, career(1), from_the_future(name=NAME, community=NEXT_DOOR))
        append(ledger, [(career(2), assessed(2021)), (career(3), hired("2021-01-01"))])
        assert keeper.refresh() == 6
        caught_up = kept_rows(shelf)
        parked = (career(1).bytes, 4, DOCTOR.format(4), (HOME, NEXT_DOOR))
        assert caught_up["parked"] == [parked]
        assert {row[0] for row in caught_up["people"]} == {career(2).bytes, career(3).bytes}
        assert all(row[0] != career(1).bytes for name in BY_NAME for row in caught_up[name])
        assert whole["people"] != caught_up["people"]
        assert differences(ledger, shelf) == []
        keeper.rebuild(TABLES)
        assert kept_rows(shelf) == caught_up


def test_it_is_told_of_in_the_divisions_that_its_entries_name(ground: Ground) -> None:
    with ground.opened() as (ledger, _, keeper):
        append(ledger, people())
        append_raw(ledger, career(1), from_the_future(community=NEXT_DOOR))
        append_raw(ledger, career(5), b"\xff\x00 no entry at all")
        append_raw(ledger, career(4), from_the_future(place="nowhere"))
        with keeper.snapshot(TODAY) as (snapshot, _):
            assert parked_in(snapshot, HOME) == parked_in(snapshot, NEXT_DOOR) == {1, 4, 5}
            assert (
                parked_in(snapshot, "15") == parked_in(snapshot, "1501") == parked_in(snapshot, HOME[:9]) == {1, 4, 5}
            )
            assert parked_in(snapshot, "150102001003") == parked_in(snapshot, "1502") == {4, 5}
            assert len(snapshot.parked()) == 3
        with keeper.snapshot(TODAY, known_at=4) as (snapshot, _):
            assert parked_in(snapshot, "15") == {1}


def parked_in(snapshot: Snapshot, division: str) -> set[int]:
    """The numbers of the people who are parked."""
    places = {career(place).bytes: place for place in range(1, 9)}
    return {places[one.career] for one in snapshot.parked_in(division)}


@contextmanager
def breaking(table: Table) -> Iterator[None]:
    """As if a program had a mistake: it cannot make the rows of people who resigned."""
    rows = table.rows

    def broken(folded: Folded) -> Iterable[tuple[Any, ...]]:
        yield from rows(folded)
        for entry in folded.entries:
            if isinstance(entry.state.fact, Resigned):
                raise ZeroDivisionError(f"{NAME} 150102198805200021 resigned")

    msgspec.structs.force_setattr(table, "rows", broken)
    try:
        yield
    finally:
        msgspec.structs.force_setattr(table, "rows", rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_mistake_in_any_table_parks_the_career_in_all_and_says_nothing_of_the_person(table: Table) -> None:
    with IN_MEMORY.opened() as (ledger, shelf, keeper):
        append(ledger, people())
        keeper.refresh()
        append(ledger, [(career(1), resigned("2024-05-31"))])
        with breaking(table):
            keeper.refresh()
            caught_up = kept_rows(shelf)
            assert differences(ledger, shelf) == []
            keeper.rebuild(TABLES)
            assert kept_rows(shelf) == caught_up
        [(who, position, reason, communities)] = caught_up["parked"]
        assert (who, position, communities) == (career(1).bytes, 4, (HOME,))
        assert re.fullmatch(
            r"failed with ZeroDivisionError at broken:\d+; report this, and after .* run rebuild", reason
        )
        assert {row[0] for row in caught_up["people"]} == {career(2).bytes}


def test_it_comes_back_with_a_rebuild_once_the_cause_is_gone(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, [*people(), (career(1), resigned("2024-05-31"))])
        with breaking(BY_NAME["roster"]):
            keeper.refresh()
        keeper.refresh()
        assert len(kept_rows(shelf)["parked"]) == 1
        keeper.rebuild(TABLES)
        assert_true(ledger, shelf)


def test_it_comes_back_with_its_next_entry_once_the_cause_is_gone(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, [*people(), (career(1), resigned("2024-05-31"))])
        with breaking(BY_NAME["roster"]):
            keeper.refresh()
        append(ledger, [(career(1), assessed(2022))])
        keeper.refresh()
        assert_true(ledger, shelf)


def test_a_table_rebuilt_alone_parks_a_career_in_all_tables_and_takes_it_back_in_all(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, [*people(), (career(1), resigned("2024-05-31"))])
        keeper.refresh()
        with breaking(BY_NAME["due"]):
            keeper.rebuild((BY_NAME["due"],))
            rows = kept_rows(shelf)
            assert [row[0] for row in rows["parked"]] == [career(1).bytes]
            assert {row[0] for row in rows["people"]} == {row[0] for row in rows["roster"]} == {career(2).bytes}
            assert differences(ledger, shelf) == []
        keeper.rebuild((BY_NAME["due"],))
        assert_true(ledger, shelf)


def test_a_parked_career_is_parked_in_memory_too(ground: Ground) -> None:
    with ground.opened() as (ledger, _, keeper):
        append(ledger, people())
        append_raw(ledger, career(1), from_the_future())
        other = chosen({"before_2024": "excluded"})
        with keeper.snapshot(TODAY) as (kept, _), keeper.snapshot(TODAY, other) as (in_memory, _):
            assert rows_in(in_memory)["parked"] == rows_in(kept)["parked"] != []


def test_a_text_that_a_column_cannot_hold_stops_nobody_else(ground: Ground) -> None:
    """A name with a NUL is recorded as any other, but PostgreSQL has no text for it."""
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, [*people(), (career(3), replace(registered(), name="N\0L")), (career(3), hired("2020-01-01"))])
        keeper.refresh()
        rows = kept_rows(shelf)
        assert {row[0] for row in rows["people"]} == {career(1).bytes, career(2).bytes}
        assert [(row[0], row[3]) for row in rows["parked"]] == [(career(3).bytes, (HOME,))]
        assert "U+0000" in rows["parked"][0][2]
        assert differences(ledger, shelf) == []
        append(ledger, [(career(3), corrected(1, registered()))])
        keeper.refresh()
        assert_true(ledger, shelf)
