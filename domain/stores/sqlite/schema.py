"""The tables of a ledger, and what makes a file one.

Positions are assigned by the writing transaction, contiguous from 1, and `ledger.head` remembers the last one, so that
none is ever used twice. Two triggers keep what is written from being edited by mistake; who may write the file can drop
them. A trigger before each insert, against `INSERT OR REPLACE`, would double what an insert costs: SQLite then keeps a
journal for every statement.

`recorded_requests` came later (see `domain.requests`). A file without it gets it when it is next opened for writing; an
older program passes it over, so the version stays.
"""

APPLICATION_ID = 0x43414C45
"""`CALE`: how a file says that it is a career ledger (PRAGMA application_id)."""

VERSION = 1
"""The version of the tables below (PRAGMA user_version)."""

PAGE_SIZE = 8192
"""Bytes a page: less is left unused of each than of SQLite's usual 4096."""

CREATE_INDEX = "CREATE UNIQUE INDEX entries_by_career ON entries (career, number)"
DROP_INDEX = "DROP INDEX entries_by_career"

REQUESTS = (
    """CREATE TABLE recorded_requests (
        key BLOB PRIMARY KEY,
        content BLOB NOT NULL,
        career BLOB NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER requests_are_never_edited BEFORE UPDATE ON recorded_requests
       BEGIN SELECT RAISE(ABORT, 'requests are never edited: a retry must find what was recorded'); END""",
    """CREATE TRIGGER requests_are_never_deleted BEFORE DELETE ON recorded_requests
       BEGIN SELECT RAISE(ABORT, 'requests are never deleted: a retry would record again'); END""",
)
"""A `WITHOUT ROWID` table is one tree by key: with a rowid, the keys would be stored twice."""

HAS_REQUESTS = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'recorded_requests')"

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
    *REQUESTS,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
