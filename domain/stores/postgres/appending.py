"""A transaction of the only writer, on PostgreSQL: two round trips, however many share it.

The first begins it, takes the write lock and fetches what will be read; the second writes and commits. Each is one
message of several statements, of which each sees what was committed before it, and that works behind any pooler. Such
a message takes no parameters, so psycopg quotes the values into it (`ClientCursor`).
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from domain.errors import OutcomeUnknownError, StoreError
from domain.stores.appending import Appending
from domain.stores.failures import LOST, OTHER
from domain.stores.postgres.address import Connection
from domain.stores.postgres.connections import look_at
from domain.stores.postgres.failures import UNKNOWN, explained, is_cut_off
from domain.stores.postgres.messages import Quoting, further, inserting, places
from domain.stores.rows import Remembered, Row, Stored

CHANNEL = "career_ledger"
"""On which it is told that something was written."""

LOCK_TIMEOUT = "30s"
"""How long a writer waits for the one before it. An import may hold the lock for longer: then the ledger is busy."""

FEW = 100
"""Rows that are inserted by one statement; more are copied."""

COLUMNS = "SELECT position, career, number, topic, state, told FROM entries "
LAST = COLUMNS + "ORDER BY position DESC LIMIT 1"
_BEGIN = f"""
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT set_config('lock_timeout', '{LOCK_TIMEOUT}', true), set_config('idle_in_transaction_session_timeout', '0', true),
       set_config('synchronous_commit', coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), true);
SELECT head, key_check FROM ledger FOR UPDATE;
{LAST};
"""  # noqa: S608 - only of constants
"""What is set, is set for this transaction. An import may think for long; a commit is on the disk before it is told of.
A snapshot for each statement is what the last one needs: it sees what was written while the lock was waited for."""

_BEFORE_LOCK = 2
"""Results of that which stand before those of the lock."""

_ROWS = COLUMNS + "WHERE career IN ({careers})"
_NUMBERS = """
SELECT asked.career, (SELECT number FROM entries WHERE career = asked.career ORDER BY number DESC LIMIT 1)
FROM (VALUES {careers}) AS asked (career)
"""
_NUMBER = itemgetter(2)
_REMEMBERED = "SELECT key, content, career, first, last FROM recorded_requests WHERE key IN ({keys})"
_COPY = "COPY entries FROM STDIN (FORMAT BINARY)"
_TYPES = ("int8", "bytea", "int4", "text", "bytea", "int2")
_MOVE = "UPDATE ledger SET head = %s, key_check = %s; SELECT pg_notify(%s, %s)"


class PostgresAppending(Appending):
    """Holds the write lock, the one row of `ledger`, from when it is first used until it ends."""

    def __init__(self, connection: Connection, place: str) -> None:
        self._connection = connection
        self._place = place
        self._begun = False
        self._changed = False
        self._lost = False
        self._head = 0
        self._key_check: bytes | None = None
        self._last: Stored | None = None
        self._rows: dict[bytes, list[Stored]] = {}
        self._numbers: dict[bytes, int] = {}
        self._requests: dict[bytes, Remembered | None] = {}
        self._new_requests: list[Remembered] = []

    def begin(self, query: str = "", values: Sequence[bytes] = ()) -> list[list[TupleRow]]:
        """Take the write lock, if that has not been done; answers with what each statement of a query finds then."""
        cursor = psycopg.ClientCursor(self._connection)
        if self._begun:
            return [cursor.execute(query, values).fetchall(), *further(cursor)] if query else []
        cursor.execute(_BEGIN + query, values)
        for _ in range(_BEFORE_LOCK):
            cursor.nextset()
        self._head, self._key_check = only(cursor.fetchall())
        cursor.nextset()
        last = cursor.fetchone()
        self._last = Stored._make(last) if last else None
        self._lost = self._head != (self._last.position if self._last else 0)
        self._begun = True
        return list(further(cursor))

    @property
    def head(self) -> int:
        self._need()
        return self._head

    def rows(self, career: bytes) -> Sequence[Stored]:
        if career not in self._rows:
            self.foresee([career], whole=True)
        return self._rows[career]

    def last_number(self, career: bytes) -> int:
        if career in self._rows:
            return self._rows[career][-1].number if self._rows[career] else 0
        if career not in self._numbers:
            self.foresee([career], whole=False)
        return self._numbers[career]

    def foresee(self, careers: Iterable[bytes], *, whole: bool, requests: Iterable[bytes] = ()) -> None:
        """Fetch what will be read of these careers and requests, and forget what was fetched of careers before."""
        wanted, asked = list(dict.fromkeys(careers)), list(dict.fromkeys(requests))
        of_careers_query, place = (_ROWS, "%s") if whole else (_NUMBERS, "(%s)")
        queries = [of_careers_query.format(careers=places(len(wanted), place))] if wanted else []
        queries += [_REMEMBERED.format(keys=places(len(asked)))] if asked else []
        found = iter(self.begin("; ".join(queries), [*wanted, *asked]))
        of_careers = next(found) if wanted else []
        if whole:
            self._keep_rows(wanted, of_careers)
        else:
            self._numbers = {career: number or 0 for career, number in of_careers}
        if asked:
            self._requests |= dict.fromkeys(asked) | {row[0]: Remembered._make(row) for row in next(found)}

    def _keep_rows(self, careers: Sequence[bytes], found: Iterable[TupleRow]) -> None:
        self._rows = {career: [] for career in careers}
        for row in found:
            self._rows[row[1]].append(Stored(*row))
        for rows in self._rows.values():
            rows.sort(key=_NUMBER)

    def row_at(self, position: int) -> Stored | None:
        self._need()
        if self._last is not None and self._last.position == position:
            return self._last
        return row_at(self._connection, position) if position > 0 else None

    def key_check(self) -> bytes | None:
        self._need()
        return self._key_check

    def remember_key(self, check: bytes | None) -> None:
        self._need()
        self._key_check = check
        self._changed = True

    def remembered(self, key: bytes) -> Remembered | None:
        if key not in self._requests:
            (found,) = self.begin(_REMEMBERED.format(keys="%s"), [key])
            self._requests[key] = Remembered._make(found[0]) if found else None
        return self._requests[key]

    def remember(self, requests: Sequence[Remembered]) -> None:
        """Decide to remember requests: they are written together with the commit."""
        self._need()
        self._changed = True
        self._new_requests += requests
        self._requests |= {request.key: request for request in requests}

    def append(self, rows: Sequence[Row]) -> range:
        """Write rows. After an error the server takes nothing more of this transaction, nor its commit."""
        numbered = self._numbered(rows)
        with explained(self._place):
            if len(numbered) > FEW:
                self._copy(numbered)
            elif numbered:
                self._insert(numbered)
        return range(self._head - len(rows) + 1, self._head + 1)

    def _numbered(self, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
        """The rows with the positions that they get. Raises `StoreError` if entries at the end have been lost."""
        self._need()
        if self._lost:
            raise StoreError(LOST(head=self._head))
        numbered = [(position, *row) for position, row in enumerate(rows, self._head + 1)]
        for row in rows:
            self._rows.pop(row.career, None)
            self._numbers.pop(row.career, None)
        self._head += len(rows)
        self._changed = self._changed or bool(rows)
        return numbered

    def commit(self) -> None:
        """Make durable what was appended. Raises `OutcomeUnknownError` if nobody can say whether it was."""
        if not self._begun:
            return
        look_at(self._connection)  # If it is gone already, at least that is known.
        try:
            self._finish()
        except psycopg.Error as error:
            if is_cut_off(error):
                raise OutcomeUnknownError(UNKNOWN(place=self._place)) from error
            raise
        except KeyboardInterrupt as error:
            if self._was_called_off():
                raise
            raise OutcomeUnknownError(UNKNOWN(place=self._place)) from error

    def _was_called_off(self) -> bool:
        """Whether it is certain that a commit that was interrupted has stored nothing."""
        if self._connection.info.transaction_status != TransactionStatus.IDLE:
            return self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)
        try:
            head = only(self._connection.execute("SELECT head FROM ledger").fetchall())[0]
        except psycopg.Error:
            return False
        return not self._changed or bool(head < self._head)

    def _finish(self) -> None:
        """Write what is left to write and commit, at once."""
        cursor = psycopg.ClientCursor(self._connection)
        cursor.execute("; ".join([*self._left(cursor), "COMMIT"]))

    def _left(self, cursor: Quoting) -> Iterator[str]:
        """What is left to be written, as statements."""
        if self._new_requests:
            yield inserting(cursor, "recorded_requests", self._new_requests)
        if self._changed:
            yield cursor.mogrify(_MOVE, [self._head, self._key_check, CHANNEL, str(self._head)])

    def _copy(self, numbered: Sequence[tuple[Any, ...]]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for row in numbered:
                copy.write_row(row)

    def _insert(self, numbered: Sequence[tuple[Any, ...]]) -> None:
        cursor = psycopg.ClientCursor(self._connection)
        cursor.execute(inserting(cursor, "entries", numbered))

    def _need(self) -> None:
        if not self._begun:
            self.begin()


class TogetherAppending(PostgresAppending):
    """A transaction that a group of callers shares: the last thing that it is told is what to append.

    So that goes to the server together with the commit, and a taken number is told of no earlier.
    """

    def __init__(self, connection: Connection, place: str) -> None:
        super().__init__(connection, place)
        self._decided: list[tuple[Any, ...]] = []

    def append(self, rows: Sequence[Row]) -> range:
        if self._decided or len(rows) > FEW:
            return super().append(rows)
        self._decided = self._numbered(rows)
        return range(self._head - len(rows) + 1, self._head + 1)

    def _left(self, cursor: Quoting) -> Iterator[str]:
        if self._decided:
            yield inserting(cursor, "entries", self._decided)
        yield from super()._left(cursor)


def only(rows: Sequence[TupleRow]) -> TupleRow:
    """The row of a query that has always one, such as that of `ledger`. Raises `StoreError` if it has none."""
    if not rows:
        raise StoreError(OTHER(detail="ledger: 0 rows"))
    return rows[0]


def row_at(connection: Connection, position: int) -> Stored | None:
    """The row at a position."""
    row = connection.execute(COLUMNS + "WHERE position = %s", [position], binary=True).fetchone()
    return Stored(*row) if row else None
