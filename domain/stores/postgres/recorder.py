"""The recorder for PostgreSQL: gapless positions, commits that are shared, rows as a stream.

eventsourcing's own recorder takes a bigserial for positions, which leaves gaps, and needs a lock of the whole table so
that no reader sees a later one first. Here a position is the head of the ledger plus one, counted by the transaction
that holds the ledger's row.

What a single statement reads is a snapshot already; what takes more is read in one transaction.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from threading import RLock
from time import monotonic
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription

from domain.errors import ReadOnlyStoreError
from domain.stores.appending import Appending
from domain.stores.group import GroupCommit
from domain.stores.postgres.address import Connection
from domain.stores.postgres.appending import (
    COLUMNS,
    PostgresAppending,
    TogetherAppending,
    only,
    row_at,
)
from domain.stores.postgres.connections import LedgerConnections
from domain.stores.postgres.examining import durability, integrity
from domain.stores.postgres.failures import ONLY_ASKED
from domain.stores.postgres.waiting import Returning, Signals
from domain.stores.recorder import (
    FIRST_CAREER,
    LAST_CAREER,
    LAST_OF_ALL,
    LedgerRecorder,
    Soundness,
    notification,
)
from domain.stores.rows import Grounds, Numbered, Stored, by_career

READ_AHEAD = 1000
"""Rows that a stream takes from the server at a time."""

_HEAD = """
SELECT head, position, career, number, topic, state, told FROM ledger LEFT JOIN entries ON position = head
"""
_NUMBERED = "SELECT career, number, position, state FROM entries"
_STATES = f"{_NUMBERED} WHERE career = %s AND number > %s AND position <= %s ORDER BY number"
_LAST_NUMBER = "SELECT number FROM entries WHERE career = %s AND position <= %s ORDER BY number DESC LIMIT 1"
_STATE_OF = """
SELECT career, number, state FROM entries JOIN unnest(%s::bytea[], %s::int8[]) AS asked (career, number)
USING (career, number)
"""
_CAREERS = f"{_NUMBERED} WHERE career BETWEEN %s AND %s AND position <= %s ORDER BY career, number"
_TOUCHED = "SELECT DISTINCT career FROM entries WHERE position > %s AND position <= %s ORDER BY career"
_EVENTS = "SELECT position, career, number, topic, state FROM entries "


class PostgresRecorder(LedgerRecorder):
    """A ledger on a PostgreSQL server."""

    def __init__(self, connections: LedgerConnections) -> None:
        super().__init__()
        self._group = GroupCommit(lambda: self._transaction(TogetherAppending))
        self._connections = connections
        self._writing = RLock()
        self._signals = Signals(connections)

    def close(self) -> None:
        """Close all connections."""
        self._signals.close()
        self._connections.close()

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        with self._transaction(PostgresAppending) as transaction:
            transaction.begin()
            yield transaction

    @contextmanager
    def _transaction(self, kind: type[PostgresAppending]) -> Iterator[PostgresAppending]:
        if not self._connections.writing:
            raise ReadOnlyStoreError(ONLY_ASKED(place=self._connections.place))
        # Threads queue here, and not for the lock of the server, of which they would give up waiting.
        with self._writing, self._connections.taken() as connection:
            transaction = kind(connection, self._connections.place)
            yield transaction
            transaction.commit()

    @property
    def remembers(self) -> bool:
        return self._connections.remembers

    def reading(self) -> AbstractContextManager[Connection]:
        """One transaction that reads the ledger as it is now."""
        return self._connections.snapshot()

    def _read(self, query: str, bounds: Sequence[object] = ()) -> list[Any]:
        with self._connections.taken() as connection:
            return connection.execute(query, bounds, binary=True).fetchall()

    def _read_one(self, query: str) -> tuple[Any, ...]:
        with self._connections.taken() as connection:
            return only(connection.execute(query, binary=True).fetchall())

    def key_check(self) -> bytes | None:
        return cast(bytes | None, self._read_one("SELECT key_check FROM ledger")[0])

    def head(self) -> tuple[int, Stored | None]:
        head, *row = self._read_one(_HEAD)
        return head, Stored(*row) if row[0] is not None else None

    def max_notification_id(self) -> int:
        return int(self._read_one("SELECT head FROM ledger")[0])

    def row_at(self, position: int) -> Stored | None:
        with self._connections.taken() as connection:
            return row_at(connection, position)

    def states(self, career: UUID, until: int, after: int = 0) -> list[Numbered]:
        return self._read(_STATES, (career.bytes, after, until))

    def last_number(self, career: UUID, until: int) -> int:
        found = self._read(_LAST_NUMBER, (career.bytes, until))
        return int(found[0][0]) if found else 0

    def grounds(self, career: UUID) -> Grounds:
        with self.reading() as connection:
            head, *row = only(connection.execute(_HEAD, binary=True).fetchall())
            found = connection.execute(f"{COLUMNS} WHERE career = %s ORDER BY number", [career.bytes], binary=True)
            return Grounds(head, Stored(*row) if row[0] is not None else None, list(map(Stored._make, found)))

    def state_of(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], bytes]:
        careers, numbers = [career for career, _ in keys], [number for _, number in keys]
        return {(career, number): state for career, number, state in self._read(_STATE_OF, (careers, numbers))}

    def stream(self, after: int = 0) -> Generator[Stored, None, None]:
        with closing(self._stream(f"{COLUMNS} WHERE position > %s ORDER BY position", (after,))) as rows:
            for row in rows:
                yield Stored._make(row)

    def stream_careers(
        self, first: bytes = FIRST_CAREER, last: bytes = LAST_CAREER, until: int = LAST_OF_ALL
    ) -> Iterator[list[Numbered]]:
        with closing(self._stream(_CAREERS, (first, last, until))) as rows:
            yield from by_career(rows)

    def _stream(self, query: str, bounds: Sequence[object] = ()) -> Generator[Any, None, None]:
        """Rows from a cursor of the server, which lives as long as the transaction that it reads in."""
        with self._connections.snapshot() as connection, connection.cursor("stream") as cursor:
            cursor.itersize = READ_AHEAD
            yield from cursor.execute(query, bounds, binary=True)

    def touched(self, after: int, until: int) -> list[bytes]:
        return [career for (career,) in self._read(_TOUCHED, (after, until))]

    def wait(self, position: int, seconds: float) -> int:
        """Woken by the server, and looking by itself; raises `UnreachableStoreError` while the server is away."""
        until = monotonic() + seconds
        while True:
            heard = self._signals.heard
            head = self.max_notification_id()
            left = until - monotonic()
            if head > position or left <= 0:
                return head
            self._signals.wait(heard, left)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Events by position, as they are recorded. It comes back after the server was away."""
        return Returning(self, super().subscribe(gt, topics))

    def integrity(self) -> Soundness:
        with self.reading() as connection:
            return integrity(connection)

    def durability(self) -> Soundness:
        with self.reading() as connection:
            return durability(connection)

    def version(self) -> tuple[str, str]:
        return "postgresql", str(self._read_one("SHOW server_version")[0])

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """A career's events by number, each with its position."""
        order = "DESC" if desc else "ASC"
        query = f"{_EVENTS} WHERE career = %s AND number > %s AND number <= %s ORDER BY number {order} LIMIT %s"
        career = cast(UUID, originator_id).bytes
        bounds = (career, gt or 0, LAST_OF_ALL if lte is None else lte, limit)
        return [notification(row) for row in self._read(query, bounds)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = 1 if start is None else start if inclusive_of_start else start + 1
        query = f"{_EVENTS} WHERE position BETWEEN %s AND %s"
        bounds: list[object] = [first, LAST_OF_ALL if stop is None else stop]
        if topics:
            query += " AND topic = ANY(%s)"
            bounds.append(list(topics))
        found = self._read(query + " ORDER BY position LIMIT %s", [*bounds, limit])
        return [notification(row) for row in found]
