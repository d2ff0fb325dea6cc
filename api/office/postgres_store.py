"""The office in the database of a ledger on a PostgreSQL server; several processes may write it at once.

A batch is two messages, however many answers are in it. The first begins a transaction and takes the write lock, the
second writes and commits; rows travel as JSON, which costs the client least. Nothing is set or prepared for a session,
so it works behind PgBouncer in transaction mode.
"""

import re
from collections.abc import Sequence
from functools import cache

import msgspec
import psycopg
from psycopg.pq import TransactionStatus

from api.office.errors import CLOSED, LOST, UNKNOWN, LogClosedError, of_the_office
from api.office.postgres_tables import prepare
from api.office.rows import COLUMNS, Logged, Row, disclosed, numbered
from api.office.store import Statement, Store, Values
from domain.errors import LedgerError, OutcomeUnknownError, StoreError
from domain.stores.postgres.address import Connection
from domain.stores.postgres.connections import LedgerConnections, look_at
from domain.stores.postgres.failures import explain, is_cut_off

LOCK_TIMEOUT = "10s"
"""How long a batch waits for those of other processes."""

_BEGIN = f"""
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT set_config('lock_timeout', '{LOCK_TIMEOUT}', true), set_config('idle_in_transaction_session_timeout', '0', true),
       set_config('synchronous_commit', coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), true);
SELECT head FROM office FOR UPDATE;
SELECT coalesce(max(number), 0) FROM answers;
"""  # noqa: S608 - only of constants
"""A snapshot for each statement: the last one sees what was written while the lock was waited for. A commit is on the
disk before it is told of, however the server is set."""

_BEFORE_LOCK = 2
"""Results that stand before that of the lock."""

_WRITE = """
INSERT INTO answers SELECT * FROM json_populate_recordset(NULL::answers, %s);
INSERT INTO disclosures SELECT * FROM json_populate_recordset(NULL::disclosures, %s);
UPDATE office SET head = head + %s, batches = batches + 1;
COMMIT"""
_ANSWER = f"SELECT {', '.join(COLUMNS)} FROM answers WHERE number = %s"  # noqa: S608 - only of constants
_NUMBERED = ("number", *COLUMNS)
_VALUE = re.compile(r":(\w+)")


class PostgresStore(Store):
    """The tables of one database. The log is written through one connection of its own, the rest through a pool."""

    def __init__(self, url: str) -> None:
        self._connections = LedgerConnections(url, writing=True)
        self._place = self._connections.place
        self._writer: Connection | None = None
        self._closed = False
        try:
            with self._connections.taken() as connection:
                prepare(connection, self._place)
        except BaseException:
            self._connections.close()
            raise

    def append(self, answers: Sequence[Logged]) -> int:
        try:
            return self._append(answers)
        except psycopg.Error as error:
            raise of_the_office(explain(error, self._place), self._place) from error
        except LedgerError as error:
            raise of_the_office(error, self._place) from error
        finally:
            self._settle()

    def _append(self, answers: Sequence[Logged]) -> int:
        connection = self._own()
        first = _begin(connection, self._place) + 1
        try:
            _write(connection, first, answers)
        except psycopg.Error as error:
            if not is_cut_off(error) or not self._went_in(first, answers):
                raise
        return first

    def _own(self) -> Connection:
        """The log's own connection; a new one if the server has ended it, as it does to all when it starts again."""
        if self._closed:
            raise LogClosedError(CLOSED())
        if self._writer is not None:
            try:
                look_at(self._writer)
            except psycopg.OperationalError:
                self._drop()
        if self._writer is None:
            self._writer = self._connections.connect()
        return self._writer

    def _went_in(self, first: int, answers: Sequence[Logged]) -> bool:
        """Whether a batch was stored of whose commit nothing was heard.

        Once the lock is to be had, the transaction that held it has ended, one way or the other.
        """
        self._drop()
        try:
            connection = self._own()
            _begin(connection, self._place)
            found = connection.execute(_ANSWER, [first + len(answers) - 1]).fetchone()
        except (psycopg.Error, StoreError) as error:
            raise OutcomeUnknownError(UNKNOWN(path=self._place)) from error
        return not answers or found == answers[-1][0]

    def _settle(self) -> None:
        """Keep the connection only if nothing that was begun on it is left."""
        if self._writer is not None and self._writer.info.transaction_status != TransactionStatus.IDLE:
            self._drop()

    def _drop(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def change(self, statements: Sequence[Statement]) -> None:
        try:
            with self._connections.taken() as connection:
                _begin(connection, self._place)
                for statement, values in statements:
                    connection.execute(_translated(statement), values)
                look_at(connection)  # If it is gone already, at least that is known.
                self._commit(connection)
        except LedgerError as error:
            raise of_the_office(error, self._place) from error

    def _commit(self, connection: Connection) -> None:
        try:
            connection.execute("COMMIT")
        except psycopg.Error as error:
            if is_cut_off(error):
                raise OutcomeUnknownError(UNKNOWN(path=self._place)) from error
            raise

    def select(self, query: str, values: Values) -> list[Row]:
        try:
            with self._connections.taken() as connection:
                return connection.execute(_translated(query), values, binary=True).fetchall()
        except LedgerError as error:
            raise of_the_office(error, self._place) from error

    def close(self) -> None:
        self._closed = True
        self._drop()
        self._connections.close()


def _begin(connection: Connection, place: str) -> int:
    """Begin a transaction that holds the write lock; returns the last number. Raises `StoreError` if some are lost."""
    cursor = psycopg.ClientCursor(connection)
    cursor.execute(_BEGIN)
    for _ in range(_BEFORE_LOCK):
        cursor.nextset()
    head = cursor.fetchone()
    cursor.nextset()
    last = cursor.fetchone()
    if head is None or head != last:
        raise StoreError(LOST(head=head[0] if head else "?", path=place))
    return int(head[0])


def _write(connection: Connection, first: int, answers: Sequence[Logged]) -> None:
    """Write a batch and commit it, in one message."""
    rows = [dict(zip(_NUMBERED, row, strict=True)) for row in numbered(answers, first)]
    pairs = [{"career": f"\\x{career.hex()}", "answer": number} for career, number in disclosed(answers, first)]
    values = (msgspec.json.encode(rows).decode(), msgspec.json.encode(pairs).decode(), len(answers))
    psycopg.ClientCursor(connection).execute(_WRITE, values)


@cache
def _translated(query: str) -> bytes:
    """A query with its values as psycopg marks them."""
    return _VALUE.sub(r"%(\1)s", query.replace("%", "%%")).encode()
