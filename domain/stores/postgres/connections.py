"""Connections to a PostgreSQL server: a pool, of which none remembers anything between two transactions.

So they work behind a pooler that gives each transaction another session, such as PgBouncer in transaction mode: no
prepared statements, no session settings, no session locks. What a transaction needs, it sets for itself.
"""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.errors import LedgerBusyError
from domain.stores.postgres.address import Address, Connection
from domain.stores.postgres.failures import CROWDED, connecting, explained
from domain.stores.postgres.schema import prepare

MOST = 10
"""Connections of one process, besides the one that listens."""

WAIT_SECONDS = 10
"""How long a caller waits for a connection that others use, or that is being made."""

SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

# The pool logs every attempt that fails. Who waits for the connection is told by an error; others have not asked.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class LedgerConnections:
    """The connections of one process to one ledger."""

    def __init__(self, url: str, *, writing: bool) -> None:
        self.address = Address(url, writing=writing)
        self.place = self.address.place
        self.writing = writing
        with closing(self.connect()) as connection, explained(self.place):
            self.remembers = prepare(connection, self.place, writing=writing)
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            self.address.conninfo,
            kwargs={"autocommit": True, "prepare_threshold": None},
            min_size=0,
            max_size=MOST,
            timeout=WAIT_SECONDS,
            open=True,
        )

    def connect(self) -> Connection:
        """A connection of its own, that is in no pool."""
        with connecting(self.place):
            return self.address.connect()

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        """A connection for as long as this lasts; what it has begun and not committed by then is rolled back."""
        with explained(self.place):
            connection = self._take()
        try:
            with explained(self.place):
                yield connection
        finally:
            _settle(connection)
            self._pool.putconn(connection)

    def _take(self) -> Connection:
        """A connection that the server has not ended meanwhile, as it does to all of them when it starts again."""
        while True:
            try:
                connection = self._pool.getconn()
            except PoolTimeout as error:
                self.connect().close()  # Says why, if none can be made.
                raise LedgerBusyError(CROWDED(place=self.place)) from error
            try:
                look_at(connection)
            except psycopg.OperationalError:
                self._pool.putconn(connection)  # Which drops it.
            else:
                return connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One transaction that reads the ledger as it is now."""
        with self.taken() as connection:
            connection.execute(SNAPSHOT)
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def look_at(connection: Connection) -> None:
    """Notice that the server has ended a connection, without asking it. Raises `psycopg.OperationalError`.

    A first look may still find its last words, the second then finds that nothing follows.
    """
    connection.pgconn.consume_input()
    connection.pgconn.consume_input()


def _settle(connection: Connection) -> None:
    status = connection.info.transaction_status
    if status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
        try:
            connection.rollback()
        except psycopg.Error:
            connection.close()
    elif status != TransactionStatus.IDLE:
        connection.close()
