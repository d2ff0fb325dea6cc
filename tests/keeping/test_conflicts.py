"""Several at once: who catches up waits for the other, who rebuilds beside another is refused, questions go on."""

from collections.abc import Callable
from contextlib import closing
from threading import Thread

import pytest

from domain.errors import LedgerBusyError
from domain.regulation.readings import DEFAULT
from projections.keeping import rebuilding
from projections.keeping.catching_up import catch_up
from projections.keeping.definitions import TABLES, horizon
from projections.keeping.making import Terms
from projections.keeping.places import shelf_of
from projections.keeping.rebuilding import rebuild
from projections.keeping.sqlite_shelf import SqliteShelf
from tests.given import assessed, commended, hired, resigned
from tests.keeping.following import FOLLOWER, hear_until, heard, running
from tests.keeping.ground import Ground, append, assert_true, career, fresh_rows, kept_rows, rows_in
from tests.keeping.test_definitions import redefined
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

FIRST = [(career(1), hired("2018-03-01")), (career(2), hired("2020-05-06"))]
LATER = [(career(1), assessed(2020)), (career(2), resigned("2024-05-31"))]


def at_once(*works: Callable[[], object]) -> None:
    """Run all at once, to their ends. Raises what the first of them raised."""
    failed: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in failed:
        raise error


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read"])
def test_all_who_catch_up_at_once_catch_up(ground: Ground, isolation: str) -> None:
    if ground.url.startswith("postgresql"):  # What a server's administrator may have set.
        more = f"%20-cdefault_transaction_isolation%3D{isolation.replace(' ', '%5C%20')}"
        ground = ground._replace(url=ground.url + more)
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()

        def recording() -> None:
            for number in range(12):
                append(ledger, [(career(number % 4), commended("2015-05-04"))])

        def catching_up() -> None:
            with ground.opened(writing=False) as (beside, its_shelf, _):
                for _ in range(12):
                    catch_up(beside, its_shelf)

        at_once(recording, catching_up, catching_up, catching_up)
        keeper.refresh()
        assert_true(ledger, shelf)


def test_who_rebuilds_beside_another_is_refused_and_the_questions_go_on(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper), ground.opened(writing=False) as (_, _, other):
        append(ledger, FIRST)
        keeper.refresh()
        asked = 0

        def told(done: int, of: int) -> None:
            nonlocal asked
            append(ledger, [(career(3 + asked), hired("2021-01-01"))])
            asked += 1
            with pytest.raises(LedgerBusyError):
                other.rebuild(TABLES)
            with other.snapshot(TODAY) as (snapshot, known):
                assert known.position == ledger.recorder.max_notification_id()
                assert rows_in(snapshot) == fresh_rows(ledger)

        rebuild(ledger, shelf, TABLES, Terms(DEFAULT, horizon(TODAY)), told)
        assert asked
        assert_true(ledger, shelf)
        other.rebuild(TABLES)


def test_while_the_first_tables_are_built_questions_are_answered_in_memory(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, _), ground.opened(writing=False) as (_, _, other):
        append(ledger, FIRST)
        with shelf.rebuilding(), other.snapshot(TODAY) as (snapshot, known):
            assert rows_in(snapshot) == fresh_rows(ledger)
            assert known.position == 2
        assert shelf.current() == []


def test_a_program_with_other_definitions_asks_in_memory_while_its_tables_are_built(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        append(ledger, LATER)
        redefined(monkeypatch, "roster")
        with closing(shelf_of(ledger)) as other, other.rebuilding(), keeper.snapshot(TODAY) as (snapshot, _):
            assert rows_in(snapshot) == fresh_rows(ledger)
        assert [one.position for one in shelf.current()] == [2] * len(TABLES)


def test_a_follower_goes_on_during_a_rebuild_and_stops_at_other_definitions(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ground.opened() as (ledger, shelf, keeper), running(FOLLOWER, ground.url) as follower:
        append(ledger, FIRST)
        keeper.refresh()
        hear_until(follower, 2)
        caught = list[int]()

        def told(done: int, of: int) -> None:
            append(ledger, [*LATER, (career(3), hired("2021-01-01"))][: 2 + len(caught)])
            hear_until(follower, ledger.recorder.max_notification_id())
            caught.append(min(one.position for one in shelf.current()))

        monkeypatch.setattr(rebuilding, "AT_A_TIME", 1)
        rebuild(ledger, shelf, TABLES, Terms(DEFAULT, horizon(TODAY)), told)
        assert caught == [4]
        assert_true(ledger, shelf)
        redefined(monkeypatch, "due")
        keeper.refresh()
        rows = kept_rows(shelf)
        append(ledger, [(career(2), commended("2015-05-04"))])
        assert heard(follower) == "OtherDefinitionError"
        assert heard(follower) == ""
        assert kept_rows(shelf) == rows
        assert keeper.refresh() == 5


def test_two_threads_do_not_rebuild_the_tables_of_one_memory_at_once(in_file: Ground) -> None:
    with in_file.opened() as (ledger, _, _), closing(SqliteShelf(None)) as shelf:
        append(ledger, FIRST)

        def told(done: int, of: int) -> None:
            with pytest.raises(LedgerBusyError):
                at_once(lambda: rebuild(ledger, shelf, TABLES, Terms(DEFAULT, horizon(TODAY)), told))

        rebuild(ledger, shelf, TABLES, Terms(DEFAULT, horizon(TODAY)), told)
        assert_true(ledger, shelf)
