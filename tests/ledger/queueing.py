"""A ledger on which callers wait for one another as a test wants it: who is in which group is no matter of chance."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import sleep
from typing import Any

from domain.ledger import Ledger
from domain.stores.appending import Appending
from domain.stores.group import GroupCommit
from domain.stores.recorder import LedgerRecorder
from domain.stores.rows import Row
from tests.ledger.shell import PATIENCE

MOST_CALLERS = 16

Work = Callable[[Appending], Any]
Around = Callable[[Callable[[], Any]], Any]
"""What stands around a transaction: it is given what begins one."""


class Queue:
    """A ledger whose next group is held open until as many callers wait as there should be in one group."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.commits = 0
        self.around: Around = as_it_is
        self._go = threading.Event()
        self._threads = ThreadPoolExecutor(MOST_CALLERS)
        self._begin = ledger.recorder._group._transaction
        self.group = ledger.recorder._group = GroupCommit(self._transaction)

    @contextmanager
    def _transaction(self) -> Iterator[Appending]:
        self.commits += 1
        with self.around(self._begin) as transaction:
            yield transaction

    def hold(self) -> None:
        """Let a caller lead a group that lasts until `release`."""
        self._held = self._threads.submit(self.ledger.recorder.together, [], self._holding)
        until(lambda: self.group._leader is not None and not self.group._waiting)
        self.commits = 0

    def _holding(self, _: Appending) -> None:
        assert self._go.wait(PATIENCE)

    def call(self, work: Work, *careers: bytes) -> Future[Any]:
        """Come with a work, and wait in the queue."""
        return self.run(lambda: self.ledger.recorder.together(careers, work))

    def run(self, call: Callable[[], Any]) -> Future[Any]:
        """Make a call from another thread, and see it in the queue."""
        before = len(self.group._waiting)
        called = self._threads.submit(call)
        until(lambda: len(self.group._waiting) == before + 1)
        return called

    def release(self, around: Around | None = None) -> None:
        """End the held group; those who wait are the next."""
        self.around = around or as_it_is
        self._go.set()
        self._held.result(PATIENCE)

    def close(self) -> None:
        self._go.set()
        self._threads.shutdown()


def as_it_is(appending: Callable[[], Any]) -> Any:
    return appending()


def until(true: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 1000):
        if true():
            return
        sleep(0.001)
    raise AssertionError("it never came to that")


def row(career: bytes, number: int, text: str = "") -> Row:
    return Row(career, number, "commended", text.encode(), 0)


def careers(count: int) -> list[bytes]:
    return [bytes([number]) * 16 for number in range(1, count + 1)]


def appends(*rows: Row) -> Work:
    return lambda transaction: list(transaction.append(rows))


def in_store(recorder: LedgerRecorder) -> list[tuple[int, bytes, int]]:
    return [(one.position, one.career, one.number) for one in recorder.stream()]
