"""The tables of a ledger, and what makes a database one.

They lie in the connection's default schema, so that one database can hold several ledgers. The one row of `ledger` is
the write lock: who appends holds it until its commit, so positions are contiguous and nobody can see a later one before
an earlier one. The triggers keep what is written from being edited by mistake, even by a replica that applies changes;
who owns the tables can drop them.
"""

from domain.errors import NotALedgerError, StoreError
from domain.stores.failures import NEWER, NO_FILE
from domain.stores.postgres.address import Connection
from domain.stores.postgres.failures import NO_SCHEMA, NOT_A_LEDGER

VERSION = 1
"""The version of the tables below."""

MAKING = 0x43414C45
"""`CALE`: the advisory lock under which tables are made, so that two who begin one ledger make one."""

GUARDS = ("entries_are_never_deleted", "entries_are_never_edited", "entries_are_never_emptied")

_SHAPE = {
    ("entries", "position"): "bigint",
    ("entries", "career"): "bytea",
    ("entries", "number"): "integer",
    ("entries", "topic"): "text",
    ("entries", "state"): "bytea",
    ("entries", "told"): "smallint",
    ("ledger", "one"): "integer",
    ("ledger", "head"): "bigint",
    ("ledger", "key_check"): "bytea",
    ("ledger", "version"): "integer",
}

_TABLES = """
CREATE TABLE entries (
    position BIGINT PRIMARY KEY,
    career BYTEA NOT NULL,
    number INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BYTEA NOT NULL,
    told SMALLINT NOT NULL,
    UNIQUE (career, number)
);
CREATE TABLE ledger (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    head BIGINT NOT NULL,
    key_check BYTEA,
    version INTEGER NOT NULL
);
CREATE FUNCTION entries_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'entries are never edited or deleted: record a correction or a voiding'; END $$;
"""
_GUARD = """
CREATE TRIGGER {name} BEFORE {act} ON entries FOR EACH STATEMENT EXECUTE FUNCTION entries_are_never_changed();
ALTER TABLE entries ENABLE ALWAYS TRIGGER {name};
"""
_MAKE = _TABLES + "".join(
    _GUARD.format(name=name, act=act) for name, act in zip(GUARDS, ("DELETE", "UPDATE", "TRUNCATE"), strict=True)
)

_FOUND = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relname IN ('entries', 'ledger')
"""


def prepare(connection: Connection, place: str, *, writing: bool) -> None:
    """Make the tables of a new ledger; refuse a database that is none, or that has other tables of these names."""
    if _is_ledger(connection, place):
        return
    if connection.execute("SELECT current_schema()").fetchone() == (None,):
        raise StoreError(NO_SCHEMA(place=place))
    if not writing:
        raise StoreError(NO_FILE(path=place))
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING])
        if not _is_ledger(connection, place):
            connection.execute(_MAKE)
            connection.execute("INSERT INTO ledger VALUES (1, 0, NULL, %s)", [VERSION])


def _is_ledger(connection: Connection, place: str) -> bool:
    """Whether the tables are there. Raises `NotALedgerError` if others are, or those of a newer program."""
    found = {(table, column): kind for table, column, kind in connection.execute(_FOUND)}
    if not found:
        return False
    if found.get(("ledger", "version")) == "integer":
        row = connection.execute("SELECT version FROM ledger").fetchone()
        if row is not None and row[0] > VERSION:
            raise NotALedgerError(NEWER(path=place, version=row[0]))
    if found != _SHAPE:
        raise NotALedgerError(NOT_A_LEDGER(place=place))
    return True
