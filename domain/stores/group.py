"""Group commit: callers who come at the same time share one transaction, and each gets an outcome of its own.

The first caller leads: it takes what waits, lets every caller's work decide on what is stored and on what those before
it in the group have decided, appends all of it at once, and commits. A work that raises appends nothing and harms no
other, for nothing has been written yet. If the commit fails, nothing of the group is stored and every caller is told.
Whoever arrives meanwhile waits for the next group, which the first of them leads.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Event, Lock
from typing import Any, TypeVar, cast

from domain.errors import StaleCareerError, StoreError
from domain.stores.appending import Appending
from domain.stores.failures import INTERRUPTED, STALE
from domain.stores.rows import Row, Stored

T = TypeVar("T")

MOST = 256
"""Callers in one group: enough to share a commit, and few enough that the first of them does not wait for long."""


class Together(Appending):
    """What one caller sees of the group's transaction: what is stored, and what the callers before it have decided."""

    def __init__(self, stored: Appending) -> None:
        self._stored = stored
        self._head = stored.head
        self._decided: list[Row] = []
        self._own: list[Row] = []
        self._later: dict[bytes, list[Stored]] = {}

    @property
    def head(self) -> int:
        return self._head + len(self._decided) + len(self._own)

    def rows(self, career: bytes) -> Sequence[Stored]:
        stored = self._stored.rows(career)
        later = self._later.get(career)
        return [*stored, *later] if later else stored

    def last_number(self, career: bytes) -> int:
        later = self._later.get(career)
        return later[-1].number if later else self._stored.last_number(career)

    def row_at(self, position: int) -> Stored | None:
        if position <= self._head:
            return self._stored.row_at(position)
        place = position - self._head - 1
        decided = self._decided[place] if place < len(self._decided) else self._own[place - len(self._decided)]
        return Stored(position, *decided)

    def append(self, rows: Sequence[Row]) -> range:
        """Decide to write rows. Their numbers go on where the career ends, so that none can be found taken later."""
        first = self.head + 1
        for row in rows:
            if row.number != self.last_number(row.career) + 1:
                raise StaleCareerError(STALE())
            self._own.append(row)
            self._later.setdefault(row.career, []).append(Stored(self.head, *row))
        return range(first, self.head + 1)

    def key_check(self) -> bytes | None:
        return self._stored.key_check()

    def remember_key(self, check: bytes | None) -> None:
        self._stored.remember_key(check)

    def keep(self) -> None:
        """What the present caller has decided is to be written."""
        self._decided += self._own
        self._own = []

    def forget(self) -> None:
        """What the present caller has decided is not to be written after all."""
        for row in reversed(self._own):
            self._later[row.career].pop()
        self._later = {career: rows for career, rows in self._later.items() if rows}
        self._own = []

    def write(self) -> None:
        """Write what has been decided."""
        if self._decided:
            self._stored.append(self._decided)


class _Caller:
    """One caller, and what becomes of its work."""

    def __init__(self, careers: Sequence[bytes], work: Callable[[Appending], Any], *, whole: bool) -> None:
        self.careers, self.work, self.whole = careers, work, whole
        self.woken = Event()
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None

    def outcome(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.result


class GroupCommit:
    """Runs callers' works in shared transactions. `transaction` begins one that holds the ledger's write lock."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Appending]]) -> None:
        self._transaction = transaction
        self._lock = Lock()
        self._waiting: list[_Caller] = []
        self._led = False

    def run(self, careers: Sequence[bytes], work: Callable[[Appending], T], *, whole: bool) -> T:
        """What `work` returns, once what it appended is durable; or what it raised, with nothing of it stored.

        `careers` are those that it reads: all their rows if `whole`, else their last numbers.
        """
        me = _Caller(careers, work, whole=whole)
        with self._lock:
            self._waiting.append(me)
            waits = self._led
            self._led = True
        if waits:
            self._wait(me)
        if not me.done:
            self._lead()
        return cast(T, me.outcome())

    def _wait(self, me: _Caller) -> None:
        """Wait for an outcome, or to lead. Who is interrupted meanwhile leaves, and lets the next one lead."""
        try:
            me.woken.wait()
        except BaseException:
            with self._lock:
                if me in self._waiting:
                    self._waiting.remove(me)
                    if me.woken.is_set():
                        self._let_next_lead()
            raise

    def _let_next_lead(self) -> None:
        self._led = bool(self._waiting)
        if self._waiting:
            self._waiting[0].woken.set()

    def _lead(self) -> None:
        with self._lock:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._carry_out(group)
        finally:
            for caller in group:
                caller.done = True
                caller.woken.set()
            with self._lock:
                self._let_next_lead()

    def _carry_out(self, group: list[_Caller]) -> None:
        try:
            with self._transaction() as stored:
                for whole in {caller.whole for caller in group}:
                    careers = [career for caller in group if caller.whole is whole for career in caller.careers]
                    stored.foresee(careers, whole=whole)
                together = Together(stored)
                for caller in group:
                    _decide(caller, together)
                together.write()
        except Exception as error:
            for caller in group:
                caller.error = error
        except BaseException:
            for caller in group:
                caller.error = StoreError(INTERRUPTED())
            raise


def _decide(caller: _Caller, together: Together) -> None:
    """Let one caller decide; its refusal is its own."""
    try:
        caller.result = caller.work(together)
    except Exception as error:
        caller.error = error
        together.forget()
    else:
        together.keep()
