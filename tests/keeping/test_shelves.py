"""The stores of kept tables, as a stranger uses them: threads, several at once, closing, who may read the files."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from domain.errors import LedgerBusyError, StoreError
from projections.keeping.definitions import TABLES
from projections.keeping.errors import NothingKeptError
from projections.keeping.places import shelf_of
from projections.keeping.shelf import Change, Shelf, translated
from projections.keeping.sqlite_shelf import SqliteShelf
from projections.kept.table import Table
from tests.given import assessed, hired
from tests.keeping.ground import IN_MEMORY, PATIENCE, Ground, append, assert_true, career, keeper_of, kept_rows
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

FIRST = [(career(1), hired("2018-03-01")), (career(2), hired("2020-05-06"))]
HORIZON = 740_000
COUNTED = Table("counted", {"career": "BLOB", "name": "TEXT"}, key=("career",), indexes=(), rows=lambda folded: [])


def count(shelf: Shelf, place: int) -> None:
    """One transaction of several steps: one more row, at a position that says how many there are."""
    with shelf.changing() as change:
        [counted] = change.generations()
        change.load(counted, COUNTED, [(career(place).bytes, None)])
        change.advance(counted, counted.position + 1, b"")


def begun(shelf: Shelf) -> None:
    with shelf.changing() as change:
        change.switch(change.begin(COUNTED, "1", 0, b"", HORIZON))


def test_nothing_is_there_before_something_is_kept(ground: Ground) -> None:
    with ground.opened() as (_, shelf, _):
        for _ in range(2):
            assert shelf.current() == []
            with pytest.raises(NothingKeptError, match="run rebuild"), shelf.asking():
                pass
            with shelf.changing():
                pass


def test_what_fails_midway_changes_nothing(ground: Ground) -> None:
    with ground.opened() as (_, shelf, _):
        begun(shelf)
        with pytest.raises(ZeroDivisionError), shelf.changing() as change:
            fail_midway(change)
        count(shelf, 1)
        with shelf.asking() as snapshot:
            assert snapshot.select("SELECT count(*) FROM {counted}") == [(1,)]
            assert snapshot.position == 1


def fail_midway(change: Change) -> None:
    [counted] = change.generations()
    change.load(counted, COUNTED, [(career(1).bytes, None)])
    change.advance(counted, 7, b"")
    change.begin(COUNTED, "2", 0, b"", HORIZON)
    raise ZeroDivisionError


@pytest.mark.parametrize("shelves", [1, 2])
def test_threads_take_turns_on_one_shelf_and_on_two_of_the_same_place(ground: Ground, shelves: int) -> None:
    with ground.opened() as (ledger, shelf, _), closing(shelf_of(ledger)) as other:
        begun(shelf)
        together = Barrier(4)

        def work(thread: int) -> None:
            together.wait(PATIENCE)
            for place in range(5):
                count((shelf, other)[thread % shelves], thread * 5 + place)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(work, range(4)))
        for one in (shelf, other):
            with one.asking() as snapshot:
                assert snapshot.select("SELECT count(*) FROM {counted}") == [(20,)]
                assert snapshot.position == 20


def test_a_shelf_in_memory_is_shared_by_threads() -> None:
    with IN_MEMORY.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        held, asked = Event(), list[int]()

        def asking() -> None:
            held.wait(PATIENCE)
            with keeper.snapshot(TODAY) as (snapshot, _):
                asked.append(snapshot.position)

        thread = Thread(target=asking)
        thread.start()
        with shelf.asking() as snapshot:
            append(ledger, [(career(1), assessed(2020))])
            held.set()
            thread.join(0.1)
            assert snapshot.select("SELECT count(*) FROM {people}") == [(2,)]
            assert (snapshot.position, asked) == (2, [])
        thread.join(PATIENCE)
        assert asked == [3]
        assert_true(ledger, shelf)


def test_a_rebuild_is_refused_to_a_second_shelf_and_to_the_same_again(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, _), closing(shelf_of(ledger)) as other:
        for held in (shelf, other):
            with held.rebuilding():
                for one in (shelf, other):
                    with pytest.raises(LedgerBusyError), one.rebuilding():
                        pass
        with pytest.raises(ZeroDivisionError), shelf.rebuilding():
            raise ZeroDivisionError
        with other.rebuilding():
            pass


def test_closing_leaves_the_tables_to_the_others_and_can_be_done_twice(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper), closing(shelf_of(ledger)) as other:
        append(ledger, FIRST)
        keeper.refresh()
        rows = kept_rows(other)
        keeper_of(ledger, other).refresh()
        other.close()
        other.close()
        assert kept_rows(shelf) == rows
        append(ledger, [(career(1), assessed(2020))])
        keeper.refresh()
        assert_true(ledger, shelf)


def test_a_file_is_whole_by_itself_when_the_last_shelf_is_closed(in_file: Ground, tmp_path: Path) -> None:
    with in_file.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        rows = kept_rows(shelf)
    kept = in_file.path.with_name("ledger.db.kept")
    assert not kept.with_name("ledger.db.kept-wal").exists()
    (tmp_path / "copy").write_bytes(kept.read_bytes())
    with closing(SqliteShelf(tmp_path / "copy")) as copy:
        assert kept_rows(copy) == rows


def test_every_file_that_is_made_is_for_its_owner_alone(in_file: Ground) -> None:
    before = os.umask(0)
    try:
        with in_file.opened() as (ledger, shelf, keeper):
            append(ledger, FIRST)
            keeper.rebuild(TABLES)
            with shelf.asking():
                modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in in_file.path.parent.iterdir()}
    finally:
        os.umask(before)
    wanted = {"", "-wal", "-shm", ".lock", ".rebuild.lock"}
    assert wanted <= {name.removeprefix("ledger.db.kept") for name in modes if name.startswith("ledger.db.kept")}
    assert set(modes.values()) == {0o600}, modes


def test_a_folder_that_is_gone_is_an_error_that_says_where(tmp_path: Path) -> None:
    with closing(SqliteShelf(tmp_path / "gone" / "x.kept")) as shelf:
        assert shelf.current() == []
        with pytest.raises(StoreError, match=r"gone/x\.kept"), shelf.changing():
            pass


def test_queries_name_tables_and_values_in_one_way_for_every_store(ground: Ground) -> None:
    assert translated("{a} :b :b_c '::d'", {"a": "t"}, "<{}>".format) == "t <b> <b_c> '::d'"
    with ground.opened() as (_, shelf, _):
        begun(shelf)
        count(shelf, 1)
        with shelf.asking() as snapshot:
            asked = "SELECT career, name FROM {counted} WHERE career = :who AND 'a%b' LIKE 'a%' AND 7 % 4 = :three"
            assert snapshot.select(asked, who=career(1).bytes, three=3) == [(career(1).bytes, None)]
