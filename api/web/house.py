"""What a server is made of, and how its work is done: at once, beside the others, or in a queue of its own."""

import secrets
from asyncio import get_running_loop, timeout
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import count
from typing import TypeVar

from api.access.limits import Limits
from api.access.tokens import Verifier
from api.answers import Desk
from api.departments import Department, OpenSnapshot
from api.office.opening import Office
from api.office.waiting import LoopLog
from api.web.errors import BusyError
from api.web.heads import Heads
from api.web.presence import Presences
from domain.calendar import china_day
from domain.ledger import Ledger
from domain.words import Phrase

TOO_LONG = Phrase(
    "{seconds} 秒内未能答复;请稍后再试,记录类请求请沿用同一幂等键",
    "there was no answer within {seconds} seconds; try again, a recording with the same Idempotency-Key",
)
FULL = Phrase("同类请求过多,请稍后再试", "too many requests of this kind are waiting; try again in a moment")

WRITERS = 32
"""Threads that wait for the store: as many appends can share one commit."""

LASTING = 2
"""Threads for what takes longer than a moment: one that waits for the disk, one that computes."""

MOST_WAITING = 64
"""Requests that may wait for a thread of those; what comes then is told to come again."""

PATIENCE_SECONDS = 60.0
"""How long a request may take in a thread."""

SOURCE = "/feed"
"""The `source` of CloudEvents, unless an office gives its own."""

T = TypeVar("T")


class House:
    """The parts of a server. `local`: the ledger is a file here, and what is read of it never keeps us waiting."""

    def __init__(  # noqa: PLR0913 - they are the parts
        self,
        *,
        ledger: Ledger,
        verifier: Verifier,
        office: Office,
        open_snapshot: OpenSnapshot,
        limits: Limits | None,
        local: bool,
        now: Callable[[], datetime],
        source: str = SOURCE,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.ledger, self.verifier, self.office, self.limits, self.now = ledger, verifier, office, limits, now
        self.desk = Desk(ledger)
        self.department = Department(ledger, open_snapshot)
        self.presences = Presences(ledger, self.desk.folds)
        self.heads = Heads(ledger)
        self.open_snapshot = open_snapshot
        self.local, self.patience, self.source = local, patience, source
        self.kept: Callable[[], int | None] = _unknown
        self.stopping = False
        self._process, self._requests = secrets.token_hex(8), count(1)
        self._waiting = 0
        self._moment = ThreadPoolExecutor(WRITERS, "moment")
        self._lasting = ThreadPoolExecutor(LASTING, "lasting")

    def next_request(self) -> str:
        """What a request is called in logs: by this process, and by its number there."""
        return f"{self._process}-{next(self._requests)}"

    def today(self) -> date:
        """The civil day in China."""
        return china_day(self.now())

    async def begin(self) -> None:
        """Begin to serve, in the loop that will."""
        self.log = LoopLog(self.office.log)

    def stop(self) -> None:
        """Take no more than what has come: streams end, and readiness says so."""
        self.stopping = True
        self.heads.stop()

    def examined(self) -> tuple[int, int | None]:
        """The position of the ledger, and that of kept tables if they are followed here.

        Raises a `StoreError` if the ledger cannot be read, or the access log not be written.
        """
        self.office.log.check()
        return self.ledger.recorder.max_notification_id(), self.kept()

    async def beside(self, work: Callable[[], T], *, lasting: bool = False) -> T:
        """What a piece of work returns, done in a thread. Raises `BusyError` if it takes too long, or too many wait.

        A thread cannot be stopped: what was begun is ended, though nobody waits for it any more.
        """
        if lasting and self._waiting >= MOST_WAITING:
            raise BusyError(FULL(), 2)
        self._waiting += lasting
        try:
            async with timeout(self.patience):
                return await get_running_loop().run_in_executor(self._lasting if lasting else self._moment, work)
        except TimeoutError:
            raise BusyError(TOO_LONG(seconds=round(self.patience)), 2) from None
        finally:
            self._waiting -= lasting

    def close(self) -> None:
        """End what was begun, then write what is still to be logged. The ledger is its owner's to close."""
        self._moment.shutdown()
        self._lasting.shutdown()
        self.office.close()


def _unknown() -> None:
    """The position of tables that nobody follows here."""
