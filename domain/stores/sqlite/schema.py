"""The tables of a ledger, and what makes a file one.

Positions are assigned by the writing transaction, contiguous from 1, and `ledger.head` remembers the last one, so that
none is ever used twice. Two triggers keep what is written from being edited by mistake; who may write the file can drop
them. A trigger before each insert, against `INSERT OR REPLACE`, would double what an insert costs: SQLite then keeps a
journal for every statement.
"""

APPLICATION_ID = 0x43414C45
"""`CALE`: how a file says that it is a career ledger (PRAGMA application_id)."""

VERSION = 1
"""The version of the tables below (PRAGMA user_version)."""

PAGE_SIZE = 8192
"""Bytes a page: less is left unused of each than of SQLite's usual 4096."""

CREATE_INDEX = "CREATE UNIQUE INDEX entries_by_career ON entries (career, number)"
DROP_INDEX = "DROP INDEX entries_by_career"

STATEMENTS = (
    """CREATE TABLE entries (
        position INTEGER PRIMARY KEY,
        career BLOB NOT NULL,
        number INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        told INTEGER NOT NULL
    ) STRICT""",
    CREATE_INDEX,
    "CREATE TABLE ledger (one INTEGER PRIMARY KEY CHECK (one = 1), head INTEGER NOT NULL, key_check BLOB) STRICT",
    "INSERT INTO ledger VALUES (1, 0, NULL)",
    """CREATE TRIGGER entries_are_never_edited BEFORE UPDATE ON entries
       BEGIN SELECT RAISE(ABORT, 'entries are never edited: record a correction'); END""",
    """CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
       BEGIN SELECT RAISE(ABORT, 'entries are never deleted: record a voiding'); END""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
