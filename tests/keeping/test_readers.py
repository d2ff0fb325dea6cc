"""Who reads while tables change sees old or new, never a mixture."""

import time
from threading import Event, Thread
from typing import Any

import pytest

from domain.facts import AnyFact
from domain.ledger import Ledger
from projections.keeping import postgres_shelf
from projections.keeping.definitions import BY_NAME, TABLES
from projections.keeping.shelf import Shelf
from projections.kept.snapshot import Snapshot
from tests.given import HOME, NEXT_DOOR, assigned, hired, term, term_over
from tests.keeping.following import heard, running
from tests.keeping.ground import PATIENCE, Ground, Rows, append, assert_true, career, fresh_rows, rows_in

pytestmark = pytest.mark.stores("sqlite", "postgres")

PEOPLE = range(1, 5)

MOVER = """
import sys
from projections.keeping.definitions import TABLES
from tests.keeping.ground import Ground, append
from tests.keeping.test_readers import moved

with Ground(sys.argv[1], print).opened() as (ledger, shelf, keeper):
    for step in range(int(sys.argv[2])):
        append(ledger, moved(step))
        if step % 6 == 5:
            keeper.rebuild(TABLES[:2] if step % 4 == 1 else TABLES)
        else:
            keeper.refresh()
"""
"""Moves everyone to and fro, from one community and office to the other, and rebuilds now and then."""

WHERE = """
SELECT roster.community, eligibility.community FROM {roster} AS roster JOIN {eligibility} AS eligibility
ON eligibility.career = roster.career AND eligibility.ends = roster.ends AND roster.ends > :day
"""


def moved(step: int) -> list[tuple[Any, AnyFact]]:
    """All are assigned to the other community and take the office there, on one day."""
    day, here, there = f"2019-03-{step % 28 + 1:02}", *((HOME, NEXT_DOOR) if step % 2 else (NEXT_DOOR, HOME))[::-1]
    acts: list[AnyFact] = [term_over(day, at=here), assigned(day, there), term(day, at=there)]
    return [(career(place), act) for place in PEOPLE for act in acts]


def begun(ledger: Ledger) -> None:
    append(ledger, [(career(place), act) for place in PEOPLE for act in (hired("2018-03-01"), term("2018-03-02"))])


def test_every_snapshot_is_of_one_position_while_people_are_moved_by_another_process(ground: Ground) -> None:
    steps, over, seen, failed = 24, Event(), set[int](), list[BaseException]()

    def reading() -> None:
        try:
            with ground.opened(writing=False) as (ledger, shelf, _):
                while not over.is_set() or not seen:
                    seen.add(one_look(ledger, shelf))
        except BaseException as error:
            failed.append(error)

    with ground.opened() as (ledger, _, keeper):
        begun(ledger)
        keeper.refresh()
    readers = [Thread(target=reading) for _ in range(2)]
    for reader in readers:
        reader.start()
    with running(MOVER, ground.url, steps) as mover:
        assert mover.wait(PATIENCE) == 0, heard(mover)
    over.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert len(seen) > 3, seen
    with ground.opened(writing=False) as (ledger, shelf, keeper):
        keeper.refresh()
        assert_true(ledger, shelf)


def one_look(ledger: Ledger, shelf: Shelf) -> int:
    """All tables, one after another and then again, are those of the position that the snapshot says."""
    with shelf.asking() as snapshot:
        rows, again = rows_in(snapshot), rows_in(snapshot)
    assert rows == again == fresh_rows(ledger, until=snapshot.position)
    return snapshot.position


def some(snapshot: Snapshot, *names: str) -> Rows:
    return {name: sorted(snapshot.select(f"SELECT * FROM {{{name}}}"), key=repr) for name in names}


@pytest.mark.parametrize("by", ["catch-up", "rebuild", "rebuild of some"])
def test_a_snapshot_that_is_open_sees_nothing_of_what_is_changed_under_it(
    ground: Ground, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_shelf, "DROP_WITHIN", "50ms")
    names = list(BY_NAME)
    with ground.opened() as (ledger, shelf, keeper), ground.opened(writing=False) as (_, its_shelf, its_keeper):
        begun(ledger)
        keeper.refresh()
        with its_shelf.asking() as snapshot:
            first = some(snapshot, *names[:2])
            append(ledger, moved(1))
            if by == "catch-up":
                keeper.refresh()
            else:
                keeper.rebuild(TABLES if by == "rebuild" else TABLES[1:3])
            with shelf.asking() as later:
                assert rows_in(later) == fresh_rows(ledger)
                assert later.position == snapshot.position + len(moved(1))
            rest = some(snapshot, *names)
        old = fresh_rows(ledger, until=snapshot.position)
        assert rest == {name: old[name] for name in names}
        assert first == {name: old[name] for name in names[:2]}
        keeper.rebuild(TABLES)
        with shelf.changing() as change:
            assert all(one.current for one in change.generations())
        its_keeper.refresh()
        assert_true(ledger, its_shelf)


def test_a_generation_that_is_still_read_is_left_and_dropped_by_the_next_rebuild(
    in_schema: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_shelf, "DROP_WITHIN", "50ms")
    with in_schema.opened() as (ledger, shelf, keeper), in_schema.opened(writing=False) as (_, reading, _):
        begun(ledger)
        keeper.refresh()
        with reading.asking():
            keeper.rebuild(TABLES)
            with shelf.changing() as change:
                assert len(change.generations()) == 2 * len(TABLES)
        keeper.rebuild(TABLES)
        with shelf.changing() as change:
            assert len(change.generations()) == len(TABLES)
        assert_true(ledger, shelf)


def test_a_reader_that_comes_when_a_generation_is_dropped_begins_anew(
    in_schema: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has seen which generations are current, and before it takes hold of them they are gone."""
    with in_schema.opened() as (ledger, shelf, keeper):
        begun(ledger)
        keeper.refresh()
        inner, looks = postgres_shelf._generations, 0

        def slow(connection: Any) -> Any:
            nonlocal looks
            looks += 1
            found = inner(connection)
            if looks == 1:
                append(ledger, moved(1))
                keeper.rebuild(TABLES)
            return found

        monkeypatch.setattr(postgres_shelf, "_generations", slow)
        with shelf.asking() as snapshot:
            assert rows_in(snapshot) == fresh_rows(ledger)
        assert looks > 2


def test_a_server_that_ends_idle_transactions_does_not_end_a_rebuild(in_schema: Ground) -> None:
    """While careers are folded, the server sees nothing of the rebuild that it knows of."""
    impatient = in_schema._replace(url=in_schema.url + "%20-cidle_in_transaction_session_timeout%3D150")
    with impatient.opened() as (ledger, shelf, keeper):
        begun(ledger)
        keeper._progress = lambda done, of: time.sleep(0.3)
        keeper.refresh()
        with shelf.asking() as snapshot:
            time.sleep(0.3)
            assert rows_in(snapshot) == fresh_rows(ledger)
        with shelf.changing() as change:
            time.sleep(0.3)
            assert len(change.generations()) == len(TABLES)
