"""Group commit when things go wrong: a disk that is full, a key that was wrong, an interruption at any point."""

import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from domain.errors import ImpossibleFactError, StoreError, StoreFullError
from domain.ledger import Ledger
from domain.stores import group
from domain.stores.appending import Appending
from domain.stores.failures import FULL
from domain.workers import WorkerKeys
from tests.ledger.queueing import Around, Queue, appends, as_it_is, careers, in_store, row, until
from tests.ledger.saying import career_of, entries_in, hired, resigned, said, told
from tests.ledger.shell import PATIENCE
from tests.running import NOW, Bench, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")


@pytest.fixture
def queue(bench: Bench) -> Iterator[Queue]:
    with closing(Queue(bench.ledger)) as queue:
        queue.hold()
        yield queue


@contextmanager
def fails_to_commit(appending: Callable[[], Any]) -> Iterator[Appending]:
    with appending() as transaction:
        yield transaction
        raise StoreFullError(FULL())


def test_if_the_commit_fails_everyone_is_told_and_nothing_is_stored(queue: Queue) -> None:
    ledger, career = queue.ledger, career_of(queue.ledger)
    calls = [
        queue.run(lambda: ledger.record(career, said(hired()), author="clerk", expected=0)),
        queue.run(lambda: ledger.record(career, said(hired()), author="refused for what is not there", expected=0)),
        queue.call(lambda transaction: transaction.head),
    ]
    queue.release(fails_to_commit)
    assert [type(call.exception(PATIENCE)) for call in calls] == [StoreFullError] * 3
    queue.around = as_it_is
    assert entries_in(ledger) == []
    assert ledger.recorder.key_check() is None
    assert told(ledger.record(career, said(hired()), author="clerk", expected=0)) == [(1, 1)]


def test_on_a_full_disk_everyone_is_told_and_the_ledger_goes_on_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(open_ledger(path)) as ledger, closing(Queue(ledger)) as queue:
        queue.hold()
        calls = [queue.call(appends(row(career, 1, "long" * 5000)), career) for career in careers(4)]
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (os.stat(f"{path}-wal").st_size + 8192, hard))
            queue.release()
            assert [type(call.exception(PATIENCE)) for call in calls] == [StoreFullError] * 4
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert in_store(ledger.recorder) == []
        assert ledger.recorder.together([], appends(row(careers(1)[0], 1))) == [1]


def test_a_refused_beginning_does_not_tie_the_ledger_to_its_key(tmp_path: Path) -> None:
    with closing(open_ledger(tmp_path / "ledger.db")) as ledger:
        with pytest.raises(ImpossibleFactError):
            ledger.record(career_of(ledger), said(hired(), resigned("2013-12-31")), author="clerk")
        assert ledger.recorder.key_check() is None
    other = WorkerKeys(b"the key that was meant, not the first one")
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with closing(Ledger(url, workers=other, now=lambda: NOW, writing=True)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
        assert ledger.recorder.key_check() == other.check()


def test_the_key_is_kept_if_a_later_caller_of_the_group_begins_the_ledger(queue: Queue) -> None:
    ledger, career = queue.ledger, career_of(queue.ledger)
    refused = queue.run(lambda: ledger.record(career, said(resigned("2013-12-31")), author="clerk"))
    begins = queue.run(lambda: ledger.record(career, said(hired()), author="clerk"))
    queue.release()
    assert isinstance(refused.exception(PATIENCE), ImpossibleFactError)
    assert told(begins.result(PATIENCE)) == [(1, 1)]
    assert ledger.recorder.key_check() == ledger.workers.check()


# Interruptions


def interrupted(_: Appending) -> None:
    raise KeyboardInterrupt


def test_if_the_leader_is_interrupted_the_others_are_told_and_nothing_is_stored(queue: Queue) -> None:
    one, other = careers(2)
    leader = queue.call(interrupted)
    others = [queue.call(appends(row(one, 1)), one)]
    queue.release()
    assert isinstance(leader.exception(PATIENCE), KeyboardInterrupt)
    for call in others:
        with pytest.raises(StoreError, match="interrupted while recording"):
            call.result(PATIENCE)
    assert in_store(queue.ledger.recorder) == []
    assert queue.ledger.recorder.together([other], appends(row(other, 1))) == [1]


@contextmanager
def interrupted_after_the_commit(appending: Callable[[], Any]) -> Iterator[Appending]:
    with appending() as transaction:
        yield transaction
    raise KeyboardInterrupt


def test_an_interruption_after_the_commit_takes_nobodys_outcome_away(queue: Queue) -> None:
    one, other = careers(2)
    refused = queue.call(appends(row(one, 5)), one)
    calls = [queue.call(appends(row(career, 1)), career) for career in (one, other)]
    queue.release(once(interrupted_after_the_commit))
    assert isinstance(refused.exception(PATIENCE), KeyboardInterrupt)
    assert [call.result(PATIENCE) for call in calls] == [[1], [2]]
    assert in_store(queue.ledger.recorder) == [(1, one, 1), (2, other, 1)]


def once(around: Around) -> Around:
    left = [around]
    return lambda appending: left.pop()(appending) if left else appending()


@contextmanager
def broken_after_the_commit(appending: Callable[[], Any]) -> Iterator[Appending]:
    with appending() as transaction:
        yield transaction
    raise StoreError(FULL())


def test_a_commit_that_was_done_though_the_store_failed_to_say_so_counts(queue: Queue) -> None:
    calls = [queue.call(appends(row(career, 1)), career) for career in careers(2)]
    queue.release(once(broken_after_the_commit))
    assert [call.result(PATIENCE) for call in calls] == [[1], [2]]


def test_who_is_interrupted_while_waiting_leaves_and_the_others_go_on(queue: Queue) -> None:
    """The main thread, to which signals go, is the first of those who wait."""
    one, other = careers(2)

    def interrupt() -> Future[Any]:
        until(lambda: len(queue.group._waiting) == 1)
        behind = queue.call(appends(row(other, 1)), other)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        return behind

    with ThreadPoolExecutor(1) as threads:
        behind = threads.submit(interrupt)
        with pytest.raises(KeyboardInterrupt):
            queue.ledger.recorder.together([one], appends(row(one, 1)))
        queue.release()
        assert behind.result(PATIENCE).result(PATIENCE) == [1]
    assert in_store(queue.ledger.recorder) == [(1, other, 1)]


def test_who_is_interrupted_while_nobody_leads_lets_the_next_one_lead(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The main thread waits for as many as there were before, and another waits for it."""
    one, other = careers(2)
    before = [queue.call(appends()) for _ in range(4)]
    queue.release()
    for call in before:
        call.result(PATIENCE)
    monkeypatch.setattr(group, "PATIENCE_SECONDS", PATIENCE)

    def interrupt() -> Future[Any]:
        until(lambda: len(queue.group._waiting) == 1)
        behind = queue.call(appends(row(other, 1)), other)
        group.PATIENCE_SECONDS = 0.001
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        return behind

    with ThreadPoolExecutor(1) as threads:
        behind = threads.submit(interrupt)
        with pytest.raises(KeyboardInterrupt):
            queue.ledger.recorder.together([one], appends(row(one, 1)))
        assert behind.result(PATIENCE).result(PATIENCE) == [1]
    assert in_store(queue.ledger.recorder) == [(1, other, 1)]


def test_a_leader_who_is_interrupted_before_it_begins_lets_the_next_one_lead(queue: Queue) -> None:
    one, other = careers(2)
    calls = [queue.call(appends(row(career, 1)), career) for career in (one, other)]
    lead = queue.group._lead

    def interrupted_at_once() -> None:
        queue.group._lead = lead  # type: ignore[method-assign]
        raise KeyboardInterrupt

    queue.group._lead = interrupted_at_once  # type: ignore[method-assign]
    queue.release()
    assert isinstance(calls[0].exception(PATIENCE), KeyboardInterrupt)
    assert calls[1].result(PATIENCE) == [1]
    assert in_store(queue.ledger.recorder) == [(1, other, 1)]


# A file that others hold


def test_a_file_is_waited_for_longer_than_a_connection(tmp_path: Path) -> None:
    with closing(open_ledger(tmp_path / "ledger.db")) as ledger, ThreadPoolExecutor(1) as threads:
        ledger.recorder.datastore.writers.pool_timeout = 0.02
        with ledger.appending():
            call = threads.submit(ledger.record, career_of(ledger), said(hired()), author="clerk")
            sleep(0.2)
            assert not call.done()
        assert told(call.result(PATIENCE)) == [(1, 1)]


def test_a_ledger_is_closed_once_its_writer_is_done(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    with closing(Queue(ledger)) as queue, ThreadPoolExecutor(1) as threads:
        queue.hold()
        closed = threads.submit(ledger.close)
        sleep(0.05)
        assert not closed.done()
        queue.release()
        closed.result(PATIENCE)
    open_ledger(tmp_path / "ledger.db").close()
