"""The one thread that writes the access log: it takes all that waits, commits it at once, and tells everybody.

Whoever hands over an answer does not wait for the disk; while one batch is written, the next gathers.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from itertools import count
from threading import Condition, Thread
from typing import Any, NamedTuple
from uuid import UUID

from api.office.errors import CLOSED, CROWDED, FAILED, LogClosedError, LogCrowdedError
from api.office.rows import Row
from api.office.store import Store
from domain.errors import StoreError

MOST_WAITING = 100_000
"""Records that may wait; an answer counts as many as it tells of. It keeps a store that has come to a halt from eating
more memory than some 100 MB."""

MOST_AT_ONCE = 5_000
"""Records after which a batch takes no further answer, so that the first in it does not wait for long."""

Result = int | StoreError
"""The number of an answer that is durable, or why nothing of it was stored."""

Told = Callable[[list[tuple[Any, Result]]], object]
"""Told once a batch, in the writer's thread, of all its own answers: each by the token that came with it."""


class Waiting(NamedTuple):
    """An answer that waits; without a row, someone who asks whether the log can be written."""

    row: Row | None
    careers: Sequence[UUID]
    token: Any
    told: Told

    @property
    def weight(self) -> int:
        return len(self.careers) or 1


class Writer:
    """Group commit in a thread of its own. A batch that fails is its members' failure; the next one tries again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._some = Condition()
        self._waiting: deque[Waiting] = deque()
        self._weight = 0
        self._idle = False
        self._closed = False
        self._thread = Thread(target=self._run, name="access-log", daemon=True)
        self._thread.start()

    def put(self, one: Waiting) -> None:
        """Have an answer written. Raises `LogCrowdedError` or `LogClosedError` at once."""
        weight = one.weight
        with self._some:
            if self._closed:
                raise LogClosedError(CLOSED())
            if self._weight and self._weight + weight > MOST_WAITING:
                raise LogCrowdedError(CROWDED(waiting=len(self._waiting)))
            self._weight += weight
            self._waiting.append(one)
            if self._idle:
                self._idle = False
                self._some.notify()

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._some:
            self._closed = True
            self._some.notify()
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next():
            self._write(batch)

    def _next(self) -> list[Waiting]:
        """What waits, once something does; nothing once the log is closed and all is written."""
        batch: list[Waiting] = []
        with self._some:
            while not self._waiting and not self._closed:
                self._idle = True
                self._some.wait()
            taken = 0
            while self._waiting and (not batch or taken + self._waiting[0].weight <= MOST_AT_ONCE):
                batch.append(self._waiting.popleft())
                taken += batch[-1].weight
            self._weight -= taken
        return batch

    def _write(self, batch: list[Waiting]) -> None:
        try:
            first = self._store.append([(one.row, one.careers) for one in batch if one.row is not None])
        except StoreError as error:
            _tell([(one, copy(error)) for one in batch])  # Each raises its own: a traceback grows where it is raised.
        except Exception as error:  # The thread goes on, whatever befell; its words might hold what was to be stored.
            _tell([(one, StoreError(FAILED(detail=type(error).__name__))) for one in batch])
        else:
            numbers = count(first)
            _tell([(one, 0 if one.row is None else next(numbers)) for one in batch])


def _tell(results: Sequence[tuple[Waiting, Result]]) -> None:
    """Tell everyone of their own answers, all at once."""
    grouped: dict[Told, list[tuple[Any, Result]]] = {}
    for one, result in results:
        grouped.setdefault(one.told, []).append((one.token, result))
    for told, theirs in grouped.items():
        with suppress(Exception):  # Who cannot be told any more must not keep the others from it.
            told(theirs)
