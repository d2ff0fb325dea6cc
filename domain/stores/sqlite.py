"""The recorder for SQLite: gapless positions, batches in one transaction, rows as a stream.

eventsourcing's own recorder takes SQLite's rowids for positions, which are used again after a delete and may change
with a VACUUM, and makes an object a row. Here a position is the head of the ledger plus one, counted by the transaction
that writes it.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple, cast
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteFactory
from eventsourcing.utils import Environment, EnvType

from domain.errors import StaleCareerError, StoreError
from domain.idempotency import TOLD_ALL
from domain.stores.connections import LedgerConnection, LedgerDatastore
from domain.stores.failures import explained
from domain.stores.location import locate
from domain.stores.schema import CREATE_INDEX, DROP_INDEX
from domain.words import Phrase

LOST = Phrase(
    "账本末尾有记录丢失(应至位置 {head}),不再写入;请从备份恢复",
    "entries at the end of the ledger are lost (it went up to position {head}); nothing more is written: restore it"
    " from a backup",
)

SORTING_KIB = 4_096
"""Memory for sorting the index of a ledger's first entries, in KiB."""

READ_AHEAD = 1000
"""Rows that a stream takes from SQLite at a time."""

STALE = Phrase(
    "该履历已被他人续写;请重新读取后再记录", "someone else wrote the next entry of this career first; read it again"
)


class Row(NamedTuple):
    """An entry as it is stored. `told` says which optional parts its import line gave (see `domain.idempotency`)."""

    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


class Stored(NamedTuple):
    """A stored row with its position."""

    position: int
    career: bytes
    number: int
    topic: str
    state: bytes
    told: int


Numbered = tuple[bytes, int, int, bytes]
"""Career, number, position and state: what an answer needs of a row."""

_COLUMNS = "SELECT position, career, number, topic, state, told FROM entries "
_NUMBERED = "SELECT career, number, position, state FROM entries"
_STATES = f"{_NUMBERED} WHERE career = ? AND position <= ? ORDER BY number"
_INSERT = "INSERT INTO entries (career, number, topic, state, told) VALUES (?, ?, ?, ?, ?)"
_EVENTS = "SELECT position, career, number, topic, state FROM entries "


class Appending:
    """A transaction that may append. What it reads is what it writes after."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def head(self) -> int:
        """The last position that was ever written; 0 for none."""
        return int(self._connection.execute("SELECT head FROM ledger").fetchone()[0])

    def rows(self, career: UUID | bytes) -> list[Stored]:
        """A career's rows, by number."""
        key = career.bytes if isinstance(career, UUID) else career
        return list(map(Stored._make, self._connection.execute(_COLUMNS + "WHERE career = ? ORDER BY number", (key,))))

    @contextmanager
    def first_of_all(self) -> Iterator[None]:
        """For the first entries of a ledger, which may be millions: sort the index once at the end, not row by row.

        Does nothing in a ledger that has entries. SQLite sorts in as much memory as its cache may take, so that is made
        small for as long as it lasts.
        """
        if self.head:
            yield
            return
        cache = self._connection.execute("PRAGMA cache_size").fetchone()[0]
        self._connection.execute(f"PRAGMA cache_size = -{SORTING_KIB}")
        self._connection.execute(DROP_INDEX)
        yield
        self._connection.execute(CREATE_INDEX)
        self._connection.execute(f"PRAGMA cache_size = {cache}")

    def row_at(self, position: int) -> Stored | None:
        """The row at a position."""
        return _row_at(self._connection, position)

    def remember_key(self, check: bytes | None) -> None:
        """Keep the check of the digest key that this ledger begins with."""
        self._connection.execute("UPDATE ledger SET key_check = ?", (check,))

    def append(self, rows: Iterable[tuple[bytes, int, str, bytes, int]]) -> range:
        """Write rows (see `Row`) at the end of the ledger, in this order; answers with their positions.

        Raises `StaleCareerError` if a number is taken, and `StoreError` if entries at the end have been lost: their
        positions are not given to others.
        """
        head = self.head
        if self._last_position() != head:
            raise StoreError(LOST(head=head))
        try:
            # Without a position of its own, a row gets the largest one plus one: the head, as has just been seen.
            self._connection.executemany(_INSERT, rows)
        except sqlite3.IntegrityError as error:
            raise StaleCareerError(STALE()) from error
        last = self._last_position()
        self._connection.execute("UPDATE ledger SET head = ?", (last,))
        return range(head + 1, last + 1)

    def _last_position(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(position), 0) FROM entries").fetchone()[0])


class LedgerRecorder(SQLiteApplicationRecorder):
    """eventsourcing's application recorder over the ledger's own table."""

    datastore: LedgerDatastore

    def create_table(self) -> None:
        """The datastore makes the tables when it opens a new file."""

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """One transaction that holds the ledger's write lock: all of it is stored, or nothing."""
        with (
            explained(self.datastore.location.path),
            self.datastore.get_connection(commit=True) as connection,
            connection.transaction(commit=True),
        ):
            yield Appending(cast(LedgerConnection, connection).raw)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One transaction that reads the ledger as it is now."""
        with (
            explained(self.datastore.location.path),
            self.datastore.get_connection(commit=False) as connection,
            connection.transaction(commit=False),
        ):
            yield cast(LedgerConnection, connection).raw

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Append events as one batch; answers with their positions."""
        rows = (
            Row(cast(UUID, event.originator_id).bytes, event.originator_version, event.topic, event.state, TOLD_ALL)
            for event in stored_events
        )
        with self.appending() as transaction:
            return transaction.append(rows)

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
        query = f"{_EVENTS} WHERE career = ? AND number > ? AND number <= ? ORDER BY number {order} LIMIT ?"
        career = cast(UUID, originator_id).bytes
        bounds = (career, gt or 0, _MOST if lte is None else lte, -1 if limit is None else limit)
        with self.reading() as connection:
            return [_notification(row) for row in connection.execute(query, bounds)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events by position, from `start` on."""
        first = 1 if start is None else start if inclusive_of_start else start + 1
        query = f"{_EVENTS} WHERE position BETWEEN ? AND ?"
        if topics:
            query += f" AND topic IN ({','.join('?' * len(topics))})"
        bounds = (first, _MOST if stop is None else stop, *topics, limit)
        with self.reading() as connection:
            return [_notification(row) for row in connection.execute(query + " ORDER BY position LIMIT ?", bounds)]

    def max_notification_id(self) -> int:
        """The head of the ledger: the last position that was ever written."""
        with self.reading() as connection:
            return int(connection.execute("SELECT head FROM ledger").fetchone()[0])

    def states(self, career: UUID, until: int) -> list[Numbered]:
        """A career's rows up to a position, by number."""
        with self.reading() as connection:
            return connection.execute(_STATES, (career.bytes, until)).fetchall()

    def head(self) -> tuple[int, Stored | None]:
        """The head of the ledger, and the row there."""
        with self.reading() as connection:
            head = int(connection.execute("SELECT head FROM ledger").fetchone()[0])
            return head, _row_at(connection, head)

    def row_at(self, position: int) -> Stored | None:
        """The row at a position."""
        with self.reading() as connection:
            return _row_at(connection, position)

    def stream(self) -> Generator[Stored, None, None]:
        """All rows by position, as the ledger is when the stream begins. Close it before the ledger."""
        with closing(self._stream(f"{_COLUMNS} ORDER BY position")) as rows:
            for row in rows:
                yield Stored._make(row)

    def stream_careers(self) -> Iterator[list[Numbered]]:
        """The rows of one career after another, each by number."""
        rows: list[Numbered] = []
        for row in self._stream(f"{_NUMBERED} ORDER BY career, number"):
            if rows and row[0] != rows[0][0]:
                yield rows
                rows = []
            rows.append(row)
        if rows:
            yield rows

    def _stream(self, query: str) -> Generator[Any, None, None]:
        with self.reading() as connection:
            cursor = connection.execute(query)
            while rows := cursor.fetchmany(READ_AHEAD):
                yield from rows


class LedgerFactory(SQLiteFactory):
    """Makes the ledger's infrastructure of a database URL."""

    DATABASE = "LEDGER_DATABASE"
    WRITING = "LEDGER_WRITING"

    application_recorder_class = LedgerRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        self.env = env if isinstance(env, Environment) else Environment(env=env)
        self._is_entered = False
        location = locate(self.env.get(self.DATABASE, "") or "")
        self.datastore = LedgerDatastore(location, writing=self.env.get(self.WRITING) == "y")


_MOST = 2**63 - 1


def _row_at(connection: sqlite3.Connection, position: int) -> Stored | None:
    row = connection.execute(_COLUMNS + "WHERE position = ?", (position,)).fetchone()
    return Stored(*row) if row else None


def _notification(row: tuple[int, bytes, int, str, bytes]) -> Notification:
    position, career, number, topic, state = row
    return Notification(UUID(bytes=career), number, topic, state, id=position)
