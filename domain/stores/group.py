"""Group commit: callers who come at the same time share one transaction, and each gets an outcome of its own.

One caller leads: it takes what waits, lets every caller's work decide on what is stored and on what those before it in
the group have decided, appends all of it at once, and commits. A work that raises appends nothing and harms no other,
for nothing has been written yet. If the commit fails, nothing of the group is stored and every caller is told, also who
was refused: the refusal may rest on what was not stored. Whoever arrives meanwhile waits for the next group.

Callers who have just been answered often come again at once. A group that begins without them would pay for a commit
that they could have shared, so the first waits a little for as many as there were; the last of them leads.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Lock, get_ident
from typing import Any, TypeVar, cast

from domain.errors import StoreError
from domain.stores.appending import Appending
from domain.stores.failures import INTERRUPTED
from domain.stores.rows import Stored
from domain.stores.together import Together

T = TypeVar("T")

MOST = 256
"""Callers in one group: enough to share a commit, and few enough that the first of them does not wait for long."""

PATIENCE_SECONDS = 0.0005
"""How long the first waits for the others: about as long as a commit, which is what their coming saves."""


class _Caller:
    """One caller, and what becomes of its work."""

    def __init__(
        self, careers: Sequence[bytes], work: Callable[[Appending], Any], *, whole: bool, requests: Sequence[bytes]
    ) -> None:
        self.careers, self.work, self.whole, self.requests = careers, work, whole, requests
        self.done = False
        self.result: Any = None
        self.refusal: Exception | None = None
        self.failure: Exception | None = None
        self._turn = Lock()
        self._turn.acquire()

    def wait(self, seconds: float) -> None:
        """Wait to be woken, but no longer than some seconds; -1 for as long as it takes."""
        self._turn.acquire(timeout=seconds)

    def wake(self) -> None:
        """Wake it, or keep it from falling asleep. Only who holds the lock of the group commit may."""
        if self._turn.locked():
            self._turn.release()

    def decide(self, together: Together) -> None:
        """Let the work decide; its refusal is its own."""
        try:
            self.result = self.work(together)
        except Exception as error:
            self.refusal = error
            together.forget()
        else:
            together.keep()

    def outcome(self) -> Any:
        """What the work returned. Raises what befell the group, or else what the work raised."""
        error = self.failure or self.refusal
        if error is not None:
            raise error
        return self.result


class GroupCommit:
    """Runs callers' works in shared transactions. `transaction` begins one that holds the ledger's write lock.

    An interruption reaches the main thread alone. If that leads, the transaction is rolled back, and the others of its
    group are told that they were interrupted, unless the commit had been done; then they have their outcomes.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[Appending]]) -> None:
        self._transaction = transaction
        self._lock = Lock()
        self._waiting: list[_Caller] = []
        self._group: list[_Caller] = []
        self._expected = 1
        self._leader: _Caller | None = None
        self._leading_thread = 0

    def run(
        self, careers: Sequence[bytes], work: Callable[[Appending], T], *, whole: bool, requests: Sequence[bytes] = ()
    ) -> T:
        """What `work` returns, once what it appended is durable; or what it raised, with nothing of it stored.

        `careers` are those that it reads: all their rows if `whole`, else their last numbers; `requests` are the keys
        that it asks for. A work runs in the thread of whichever caller leads, so it must not come back here: it appends
        through the transaction that it is given.
        """
        assert self._leading_thread != get_ident(), "a work appends through the transaction that it is given"
        me = _Caller(careers, work, whole=whole, requests=requests)
        try:
            self._see_through(me)
        except BaseException:
            self._leave(me)
            raise
        return cast(T, me.outcome())

    def _see_through(self, me: _Caller) -> None:
        """Wait for an outcome, or lead. Of those who wait while nobody leads, the first looks again by itself."""
        with self._lock:
            self._waiting.append(me)
        patient = True
        while not me.done:
            with self._lock:
                free = self._leader is None
                first = free and self._waiting[0] is me
                leads = free and (len(self._waiting) >= self._expected or (first and not patient))
                if leads:
                    self._leader = me
            if leads:
                self._lead()
            else:
                me.wait(PATIENCE_SECONDS if first else -1)
                patient = not first

    def _lead(self) -> None:
        together: Together | None = None
        try:
            with self._lock:
                self._group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            self._leading_thread = get_ident()
            self._befalls(StoreError(INTERRUPTED()))
            with self._transaction() as stored:
                together = self._decide(stored)
                together.write()
            self._befalls(None)
        except BaseException as error:
            if together is not None and self._went_in(together.last):
                self._befalls(None)
            elif isinstance(error, Exception):
                self._befalls(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._finish()

    def _decide(self, stored: Appending) -> Together:
        for whole in {caller.whole for caller in self._group}:
            alike = [caller for caller in self._group if caller.whole is whole]
            careers = [career for caller in alike for career in caller.careers]
            stored.foresee(careers, whole=whole, requests=[key for caller in alike for key in caller.requests])
        together = Together(stored)
        for caller in self._group:
            caller.decide(together)
        return together

    def _went_in(self, last: Stored | None) -> bool:
        """Whether a commit was done that did not come back: it was interrupted, or a connection broke."""
        if last is None:
            return False
        try:
            with self._transaction() as later:
                return later.row_at(last.position) == last
        except Exception:
            return False

    def _befalls(self, failure: Exception | None) -> None:
        for caller in self._group:
            caller.failure = failure

    def _finish(self) -> None:
        """Give the group its outcomes, and wake the first of those who wait now."""
        with self._lock:
            self._expected = len(self._group) + len(self._waiting)
            for caller in self._group:
                caller.done = True
                caller.wake()
            self._group = []
            self._leader = None
            self._leading_thread = 0
            self._wake_first()

    def _leave(self, me: _Caller) -> None:
        """Go, interrupted; what others wait for goes on without `me`."""
        if self._leader is me:
            self._finish()
        with self._lock:
            if me in self._waiting:
                self._waiting.remove(me)
                self._wake_first()

    def _wake_first(self) -> None:
        if self._waiting and self._leader is None:
            self._waiting[0].wake()
