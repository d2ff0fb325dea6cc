"""The access log: who asked what of whom. Only ever added to, and durable before an answer leaves."""

from collections.abc import Container
from concurrent.futures import Future
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

from api.office import asking
from api.office.asking import FIRST_OF_ALL, LAST_OF_ALL, Wanted
from api.office.errors import STUCK
from api.office.paging import Cursor, Page
from api.office.records import Accessed, Answered, Outcome
from api.office.rows import row_of
from api.office.store import Store
from api.office.writer import Result, Told, Waiting, Writer
from domain.errors import LedgerBusyError, StoreError

START = Cursor()
"""Before the first record."""

PAGE = 100
"""Records of a page, if nobody says how many."""

PATIENCE_SECONDS = 5.0
"""How long a check waits for the log before it calls it stuck."""


class AccessLog:
    """Writes in the order in which it was told, through one thread; reads of any thread, also while it writes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer = Writer(store)

    def submit(self, answered: Answered) -> Future[int]:
        """Log an answer; the future has its number once it is durable, or a `StoreError`, and then nothing is stored.

        Only after an `OutcomeUnknownError` something may be. Raises `LogCrowdedError`, `LogClosedError` or
        `UnkeepableError` at once.
        """
        future: Future[int] = Future()
        self.enter(answered, future, _resolve)
        return future

    def enter(self, answered: Answered, token: Any, told: Told) -> None:
        """As `submit`, for those who come often: `told` is called once a batch, in the log's own thread.

        It is given (token, number or error) of all answers of the batch that came with it.
        """
        self._writer.put(Waiting(row_of(answered), answered.careers, token, told))

    def probe(self, token: Any, told: Told) -> None:
        """As `enter`, without an answer: write whatever it takes to know that the log can be written."""
        self._writer.put(Waiting(None, (), token, told))

    def check(self, patience: float = PATIENCE_SECONDS) -> None:
        """Write to the log, with the next batch; waits for up to `patience` seconds. Raises a `StoreError`."""
        told: SimpleQueue[list[tuple[Any, Result]]] = SimpleQueue()
        self.probe(None, told.put)
        try:
            ((_, result),) = told.get(timeout=patience)
        except Empty:
            raise LedgerBusyError(STUCK(seconds=patience)) from None
        if isinstance(result, StoreError):
            raise result

    def of_career(
        self, career: UUID, *, after: int = FIRST_OF_ALL, limit: int = PAGE, hidden_roles: frozenset[str] = frozenset()
    ) -> list[Accessed]:
        """Who was told of a career, from after an answer's number on, newest last."""
        return asking.of_career(self._store, career, (after, LAST_OF_ALL), limit, hidden_roles)

    def latest_of_career(
        self, career: UUID, *, before: int = LAST_OF_ALL, limit: int = PAGE, hidden_roles: frozenset[str] = frozenset()
    ) -> list[Accessed]:
        """Who was told of a career, from before an answer's number back, newest first."""
        return asking.of_career(self._store, career, (before, FIRST_OF_ALL), limit, hidden_roles)

    def page(  # noqa: PLR0913 - one for each thing that an auditor may ask for
        self,
        *,
        after: Cursor = START,
        limit: int = PAGE,
        subject: str | None = None,
        career: UUID | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        role: str | None = None,
        outcome: Outcome | None = None,
        careers: Container[UUID | None] | None = None,
    ) -> Page:
        """At most `limit` records after a cursor, in the order in which they were written.

        An answer about many is a record for each of them, about nobody is one. `first` and `last` are moments, both
        inside. `careers` are the only ones that may be seen; None among them stands for answers that told of nobody.
        """
        wanted = Wanted(subject, career, first, last, role, outcome)
        return asking.page(self._store, wanted, after, limit, careers)

    def close(self) -> None:
        """Write what waits, then stop. Afterwards nothing more can be logged."""
        self._writer.close()


def _resolve(results: list[tuple[Any, Result]]) -> None:
    for future, result in results:
        if not future.set_running_or_notify_cancel():
            continue  # Logged all the same: whoever asked may have been told by then.
        if isinstance(result, StoreError):
            future.set_exception(result)
        else:
            future.set_result(result)
