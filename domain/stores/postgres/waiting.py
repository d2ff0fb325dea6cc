"""Waiting for what will be written: the server's signals, and a look at the ledger behind them.

A signal that is lost only delays, by `POLL_SECONDS` at most. Behind a pooler, which may give each transaction another
session, nobody can listen, so there the ledger is looked at more often.
"""

from threading import Lock
from time import monotonic, sleep

import psycopg
import stamina
from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from domain.errors import LedgerBusyError, StoreError, UnreachableStoreError
from domain.stores.postgres.address import Connection
from domain.stores.postgres.appending import CHANNEL
from domain.stores.postgres.connections import LedgerConnections
from domain.stores.recorder import POLL_SECONDS, LedgerRecorder

LOOK_SECONDS = 0.05
"""How often to look where nobody can listen."""

AWAY_SECONDS = 30.0
"""The longest pause between two attempts to find a server again that was away."""


class Signals:
    """One connection that listens for all threads that wait."""

    def __init__(self, connections: LedgerConnections) -> None:
        self._connections = connections
        self._lock = Lock()
        self._connection: Connection | None = None
        self._deaf_until = 0.0
        self.heard = 0
        """How often something was heard: read it before you look, so that no signal falls in between."""

    def wait(self, heard: int, seconds: float) -> None:
        """Return once something has been heard since `heard`, or when it is time to look again."""
        pause = min(seconds, POLL_SECONDS)
        if monotonic() < self._deaf_until:
            sleep(min(pause, LOOK_SECONDS))
        elif self._lock.acquire(timeout=pause):
            try:
                if self.heard == heard:
                    self._listen(pause)
            finally:
                self._lock.release()

    def _listen(self, seconds: float) -> None:
        try:
            if self._connection is None:
                self._connection = self._connections.connect()
                if _is_pooled(self._connection):
                    self._give_up(for_seconds=float("inf"))
                    return
                self._connection.execute(f"LISTEN {CHANNEL}")
                self.heard += 1  # What was written before is not told: look once more.
            elif any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1)):
                self.heard += 1
        except (psycopg.Error, StoreError):
            self._give_up(for_seconds=POLL_SECONDS)

    def _give_up(self, *, for_seconds: float) -> None:
        """Look by oneself for a while."""
        self._deaf_until = monotonic() + for_seconds
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Listen no more."""
        with self._lock:
            self._deaf_until = float("inf")
            self._close()


def _is_pooled(connection: Connection) -> bool:
    """Whether a pooler stands before the server: it gives the connection another number than the session has."""
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return row is None or row[0] != connection.info.backend_pid


class Returning(Subscription[ApplicationRecorder]):
    """Goes on where it was when the server was away, however long that takes, until it is stopped."""

    def __init__(self, recorder: LedgerRecorder, following: Subscription[ApplicationRecorder]) -> None:
        super().__init__(recorder)
        self._following = following

    def stop(self) -> None:
        super().stop()
        self._following.stop()

    def __next__(self) -> Notification:
        for attempt in stamina.retry_context(
            on=self._may_come_back, attempts=None, timeout=None, wait_max=AWAY_SECONDS
        ):
            with attempt:
                found = next(self._following, None)  # The end must not be raised within: it would end the attempts.
        if found is None:
            raise StopIteration
        return found

    def _may_come_back(self, error: Exception) -> bool:
        return isinstance(error, UnreachableStoreError | LedgerBusyError) and not self._has_been_stopped
