"""The tables of a ledger, and what makes a database one.

They lie in the connection's default schema, so that one database can hold several ledgers. The one row of `ledger` is
the write lock: who appends holds it until its commit, so positions are contiguous and nobody can see a later one before
an earlier one. The triggers keep what is written from being edited by mistake, even by a replica that applies changes;
who owns the tables can drop them.

`recorded_requests` came later (see `domain.requests`). A database without it gets it when somebody who may make tables
next opens it for writing; until then, and to an older program, it is the ledger that it was.
"""

from psycopg import errors

from domain.errors import NotALedgerError, StoreError
from domain.stores.failures import NEWER, NO_FILE
from domain.stores.postgres.address import Connection
from domain.stores.postgres.failures import NO_SCHEMA, NOT_A_LEDGER

VERSION = 1
"""The version of the tables below."""

MAKING = 0x43414C45
"""`CALE`: the advisory lock under which tables are made, so that two who begin one ledger make one."""

REQUESTS = "recorded_requests"

GUARDED = {
    "entries": ("entries_are_never_deleted", "entries_are_never_edited", "entries_are_never_emptied"),
    REQUESTS: ("requests_are_never_deleted", "requests_are_never_edited", "requests_are_never_emptied"),
}
"""The triggers of each table that is only appended to."""

_SHAPES = {
    "entries": {
        "position": "bigint",
        "career": "bytea",
        "number": "integer",
        "topic": "text",
        "state": "bytea",
        "told": "smallint",
    },
    "ledger": {"one": "integer", "head": "bigint", "key_check": "bytea", "version": "integer"},
    REQUESTS: {"key": "bytea", "content": "bytea", "career": "bytea", "first": "integer", "last": "integer"},
}

_ENTRIES = """
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
_REQUESTS = f"""
CREATE TABLE {REQUESTS} (
    key BYTEA PRIMARY KEY,
    content BYTEA NOT NULL,
    career BYTEA NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE OR REPLACE FUNCTION requests_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'requests are never edited or deleted: a retry must find what was recorded'; END $$;
"""
_GUARD = """
CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {kind}_are_never_changed();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
"""

_FOUND = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relname = ANY(%s)
"""
_MAY_REMEMBER = f"SELECT has_table_privilege('{REQUESTS}', 'SELECT') AND has_table_privilege('{REQUESTS}', 'INSERT')"


def prepare(connection: Connection, place: str, *, writing: bool) -> bool:
    """Make the tables of a new ledger, or what an old one lacks; answers whether who writes may remember requests.

    Raises `NotALedgerError` if a database is none, or has other tables of these names.
    """
    if not _is_ledger(connection, place):
        if connection.execute("SELECT current_schema()").fetchone() == (None,):
            raise StoreError(NO_SCHEMA(place=place))
        if not writing:
            raise StoreError(NO_FILE(path=place))
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING])
            if not _is_ledger(connection, place):
                connection.execute(_ENTRIES + _guards("entries"))
                connection.execute("INSERT INTO ledger VALUES (1, 0, NULL, %s)", [VERSION])
    return not writing or _remembers(connection)


def has_requests(connection: Connection) -> bool:
    """Whether the ledger has the table of requests, and not some other of its name."""
    return _found(connection, REQUESTS) == {REQUESTS: _SHAPES[REQUESTS]}


def _remembers(connection: Connection) -> bool:
    """Whether requests may be remembered, for which the table is made if it may be. Who may not records without."""
    if not _found(connection, REQUESTS):
        try:
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING])
                if not _found(connection, REQUESTS):
                    connection.execute(_REQUESTS + _guards(REQUESTS))
        except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction):
            return False
    return has_requests(connection) and connection.execute(_MAY_REMEMBER).fetchone() == (True,)


def _guards(table: str) -> str:
    """Statements that make a table's triggers."""
    kind = table.removeprefix("recorded_")
    return "".join(
        _GUARD.format(name=name, act=act, table=table, kind=kind)
        for name, act in zip(GUARDED[table], ("DELETE", "UPDATE", "TRUNCATE"), strict=True)
    )


def _is_ledger(connection: Connection, place: str) -> bool:
    """Whether the tables are there. Raises `NotALedgerError` if others are, or those of a newer program."""
    found = _found(connection, "entries", "ledger")
    if not found:
        return False
    if found.get("ledger", {}).get("version") == "integer":
        row = connection.execute("SELECT version FROM ledger").fetchone()
        if row is not None and row[0] > VERSION:
            raise NotALedgerError(NEWER(path=place, version=row[0]))
    if found != {table: _SHAPES[table] for table in ("entries", "ledger")}:
        raise NotALedgerError(NOT_A_LEDGER(place=place))
    return True


def _found(connection: Connection, *tables: str) -> dict[str, dict[str, str]]:
    """The columns of those tables that are there, with their types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(_FOUND, [list(tables)]):
        found.setdefault(table, {})[column] = kind
    return found
