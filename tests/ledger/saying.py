"""Lines and facts to say to a ledger, and what it holds then."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

import psycopg

from domain.entry import Entry
from domain.ledger import Ledger, entry_of
from domain.line import Said, read_fact
from tests.running import Database

SOMEBODY = "A-0417"
SOMEBODY_ELSE = "A-0418"
IDENTITY = "15010219880412009X"
NAME = "巴图尔"

HERE = "150102001001"
NEXT_DOOR = "150102001002"
ELSEWHERE = "150103001001"

_ROWS = "SELECT position, career, number, topic, state FROM entries ORDER BY position"

Fact = dict[str, Any]
Line = dict[str, Any]


def line(fact: Fact, worker: str = SOMEBODY, **beside: Any) -> Line:
    """A line of an import file."""
    return {"worker": worker, "fact": fact, **beside}


def long_ago() -> Line:
    """A line that was recorded before any simulated one."""
    return line(commended("1999-05-04"), recorded_at="1999-05-05T00:00:00Z")


def hired(on: str = "2014-09-01", community: str = HERE, **more: Any) -> Fact:
    return {"fact": "hired", "on": on, "community": community, "role": "specialist", **more}


def resigned(last_day: str) -> Fact:
    return {"fact": "resigned", "last_day": last_day}


def commended(on: str, title: str = "先进个人") -> Fact:
    return {"fact": "commended", "on": on, "title": title, "level": "street"}


def assessed(year: int, result: str = "competent") -> Fact:
    return {"fact": "assessed", "year": year, "result": result, "confirmed_on": f"{year + 1}-01-20"}


def registered(name: str = NAME, identity: str = IDENTITY) -> Fact:
    return {"fact": "registered", "name": name, "identity": identity, "sex": "male", "born": "1988-04-12"}


def leave(first_day: str) -> Fact:
    return {"fact": "leave_started", "first_day": first_day, "kind": "sick"}


def back(last_day: str) -> Fact:
    return {"fact": "leave_ended", "last_day": last_day}


def corrected(number: int, replacement: Fact, approved_by: str = "chief") -> Fact:
    return {
        "fact": "corrected",
        "number": number,
        "replacement": replacement,
        "reason": "录错日期",
        "approved_by": approved_by,
    }


def voided(number: int, approved_by: str = "chief") -> Fact:
    return {"fact": "voided", "number": number, "reason": "重复录入", "approved_by": approved_by}


def said(*facts: Fact) -> list[Said]:
    """Facts as the ledger's `record` takes them."""
    return [read_fact(json.dumps(fact).encode()) for fact in facts]


def told(entries: Sequence[Any]) -> list[tuple[int, int]]:
    """Position and number of entries."""
    return [(entry.position, entry.number) for entry in entries]


def career_of(ledger: Ledger, worker: str = SOMEBODY) -> UUID:
    return ledger.career_of(worker)


def entries_in(ledger: Ledger) -> list[Entry]:
    """All entries of a ledger, by position."""
    return [entry_of(row, UUID(bytes=row.career)) for row in ledger.recorder.stream()]


def stored(database: Database) -> tuple[int, list[tuple[Any, ...]]]:
    """The head of a ledger and all its rows, as the store itself has them."""
    if isinstance(database, str):
        with psycopg.connect(database) as session:
            rows = session.execute(_ROWS, binary=True).fetchall()
            return session.execute("SELECT max(head) FROM ledger").fetchall()[0][0], rows
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT head FROM ledger").fetchone()[0], connection.execute(_ROWS).fetchall()


def head_of(database: Database) -> int:
    """The last position of a ledger; 0 if it was never made."""
    if isinstance(database, str):
        with psycopg.connect(database) as session:
            made = session.execute("SELECT to_regclass('ledger') IS NOT NULL").fetchone()
        return stored(database)[0] if made == (True,) else 0
    if not database.exists() or not database.stat().st_size:
        return 0
    return stored(database)[0]


def tampered(database: Database, statement: str, *values: object) -> None:
    """Somebody with a hammer: the guards are taken off, and a statement is run."""
    if isinstance(database, str):
        with psycopg.connect(database) as session:
            session.execute("DROP TRIGGER IF EXISTS entries_are_never_edited ON entries")
            session.execute("DROP TRIGGER IF EXISTS entries_are_never_deleted ON entries")
            session.execute(statement.replace("?", "%s"), values)
        return
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS entries_are_never_edited")
        connection.execute("DROP TRIGGER IF EXISTS entries_are_never_deleted")
        connection.execute(statement, values)
        connection.commit()
