"""The office's tables in the database of a ledger.

They lie beside the ledger's own. The one row of `office` is the write lock: who writes holds it until the commit, so
numbers are contiguous and nobody can see a later one before an earlier one. The triggers keep what is written from
being edited by mistake; who owns the tables can drop them.
"""

from api.office.errors import NOT_AN_OFFICE
from domain.errors import NotALedgerError
from domain.stores.failures import NEWER
from domain.stores.postgres.address import Connection

VERSION = 1
"""The version of the tables below."""

MAKING = 0x43414C4F
"""`CALO`: the advisory lock under which tables are made, so that two who begin one office make one."""

APPENDED = ("answers", "disclosures", "proposals", "decisions", "recordings")
"""Tables that are only ever added to."""

_SHAPE = {
    "answers": "number at subject role token jurisdiction action purpose case_number query position outcome request",
    "decisions": "proposal state decided_by decided_at decision",
    "disclosures": "career answer",
    "office": "one head batches version",
    "proposals": "number id career amendment act expected proposed_by proposed_at",
    "recordings": "proposal entry",
}

_TABLES = """
CREATE TABLE answers (
    number BIGINT PRIMARY KEY, at BIGINT NOT NULL, subject TEXT NOT NULL, role TEXT NOT NULL, token TEXT NOT NULL,
    jurisdiction TEXT NOT NULL, action TEXT NOT NULL, purpose TEXT NOT NULL, case_number TEXT NOT NULL,
    query TEXT NOT NULL, position BIGINT NOT NULL, outcome TEXT NOT NULL, request TEXT NOT NULL
);
CREATE INDEX answers_by_subject ON answers (subject, number);
CREATE INDEX answers_by_moment ON answers (at, number);
CREATE TABLE disclosures (career BYTEA NOT NULL, answer BIGINT NOT NULL, PRIMARY KEY (career, answer));
CREATE INDEX disclosures_by_answer ON disclosures (answer, career);
CREATE TABLE proposals (
    number BIGINT PRIMARY KEY, id BYTEA NOT NULL UNIQUE, career BYTEA NOT NULL, amendment TEXT NOT NULL,
    act TEXT NOT NULL, expected BIGINT NOT NULL, proposed_by TEXT NOT NULL, proposed_at BIGINT NOT NULL
);
CREATE INDEX proposals_by_career ON proposals (career, number);
CREATE TABLE decisions (
    proposal BYTEA PRIMARY KEY, state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at BIGINT NOT NULL,
    decision TEXT NOT NULL
);
CREATE TABLE recordings (proposal BYTEA PRIMARY KEY, entry BIGINT NOT NULL);
CREATE TABLE office (
    one INTEGER PRIMARY KEY CHECK (one = 1), head BIGINT NOT NULL, batches BIGINT NOT NULL, version INTEGER NOT NULL
);
CREATE FUNCTION office_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what the office keeps is only ever added to'; END $$;
"""
_GUARD = """
CREATE TRIGGER {table}_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION office_is_only_added_to();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_are_never_changed;
"""
_MAKE = _TABLES + "".join(_GUARD.format(table=table) for table in APPENDED)

_FOUND = """
SELECT c.relname, string_agg(a.attname, ' ' ORDER BY a.attnum)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relname = ANY(%s) AND c.relkind = 'r'
GROUP BY c.relname
"""


def prepare(connection: Connection, place: str) -> None:
    """Make the tables if they are missing; refuse a database that has others of these names."""
    if _is_office(connection, place):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING])
        if not _is_office(connection, place):
            connection.execute(_MAKE)
            connection.execute("INSERT INTO office VALUES (1, 0, 0, %s)", [VERSION])


def _is_office(connection: Connection, place: str) -> bool:
    """Whether the tables are there. Raises `NotALedgerError` if others are, or those of a newer program."""
    found: dict[str, str] = dict(connection.execute(_FOUND, [list(_SHAPE)]).fetchall())
    if not found:
        return False
    if "version" in found.get("office", "").split():
        row = connection.execute("SELECT version FROM office").fetchone()
        if row is not None and row[0] > VERSION:
            raise NotALedgerError(NEWER(path=place, version=row[0]))
    if found != _SHAPE:
        raise NotALedgerError(NOT_AN_OFFICE(path=place))
    return True
