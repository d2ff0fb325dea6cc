"""`doctor`: says that a sound ledger is sound, and of a damaged one what is wrong where."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from domain.examination import examine
from domain.stores.rows import Stored
from tests.ledger.saying import SOMEBODY_ELSE, career_of, commended, hired, line, resigned, said, tampered
from tests.running import Database, Office, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

LINES = [
    line(hired(), recorded_at="2014-09-02T00:00:00Z"),
    line(hired(), SOMEBODY_ELSE, recorded_at="2014-09-03T00:00:00Z"),
    line(commended("2015-05-04"), recorded_at="2015-05-05T00:00:00Z"),
    line(resigned("2016-01-31"), recorded_at="2016-02-01T00:00:00Z"),
]


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file(LINES)).status == 0
    return office


def doctor(office: Office) -> tuple[int, dict[str, Any]]:
    """Status, and the problems by check."""
    told = office.run("doctor", "--json", "--lang", "en")
    assert told.err == ""
    return told.status, {one["check"]: one["problems"] for one in json.loads(told.out)["checks"]}


def test_a_sound_ledger_is_sound(filled: Office) -> None:
    checks = ("integrity", "positions", "careers", "durability", "kept", "key")
    assert doctor(filled) == (0, {check: [] for check in checks})
    told = filled.run("doctor", "--lang", "en")
    assert (told.status, told.err) == (0, "")
    assert told.out.count("sound") == 6


def test_a_ledger_without_entries_is_sound(office: Office) -> None:
    office.run("import", office.file(b""))
    assert doctor(office)[0] == 0


def test_doctor_says_how_much_it_looked_at_and_with_what(filled: Office, store: str) -> None:
    told = json.loads(filled.run("doctor", "--json").out)
    looked_at = {one["check"]: one["looked_at"] for one in told["checks"]}
    assert (looked_at["positions"], looked_at["careers"]) == (4, 2)
    known = {"career-ledger", "python", "eventsourcing", "msgspec", "rules", "divisions"}
    assert {*known, "postgresql" if store == "postgres" else "sqlite"} <= set(told["versions"])


RESIGNED_EARLY = (
    b'{"recorded_at":"2016-02-01T00:00:00Z","recorded_by":"c","fact":{"fact":"resigned","last_day":"2013-01-31"}}'
)
PAST = b'{"recorded_at":"2013-02-01T00:00:00Z","recorded_by":"c","fact":{"fact":"resigned","last_day":"2016-01-31"}}'
DAMAGES = {
    "a lost end": ("DELETE FROM entries WHERE position = 4", (), "positions", "entries at the end are lost"),
    "a lost middle": ("DELETE FROM entries WHERE position = 2", (), "positions", "position 2 is missing"),
    "a lost first": ("DELETE FROM entries WHERE position = 1", (), "careers", "numbers of career"),
    "no JSON": (
        "UPDATE entries SET state = ? WHERE position = 3",
        (b"{",),
        "positions",
        "position 3 cannot be decoded",
    ),
    "no UTF-8": ("UPDATE entries SET state = ? WHERE position = 3", (b'{"\xff',), "positions", "cannot be decoded"),
    "nothing": ("UPDATE entries SET state = ? WHERE position = 1", (b"",), "positions", "position 1 cannot be decoded"),
    "a topic": ("UPDATE entries SET topic = 'died' WHERE position = 3", (), "positions", "topic at position 3"),
    "a moment": ("UPDATE entries SET state = ? WHERE position = 4", (PAST,), "positions", "before the one before it"),
    "a number": ("UPDATE entries SET number = 9 WHERE position = 4", (), "careers", "are broken at 4"),
    "a fact": ("UPDATE entries SET state = ? WHERE position = 4", (RESIGNED_EARLY,), "careers", "entry 3: resigned"),
    "a head": ("UPDATE ledger SET head = 9", (), "positions", "but 9 was written"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_doctor_finds_what_was_tampered_with(filled: Office, kind: str) -> None:
    statement, values, check, words = DAMAGES[kind]
    tampered(filled.database, statement, *values)
    status, problems = doctor(filled)
    assert status == 1
    assert any(words in problem for problem in problems[check])
    assert problems["integrity"] == []
    assert len(problems["durability"]) == 2
    table = filled.run("doctor")
    assert (table.status, table.err) == (1, "")


def test_doctor_tells_the_first_problems_and_counts_the_rest(office: Office) -> None:
    lines = [line(commended("2015-05-04", f"no. {number}"), f"W-{number}") for number in range(30)]
    assert office.run("import", office.file(lines)).status == 0
    tampered(office.database, "UPDATE entries SET state = ?", b"{")
    problems = doctor(office)[1]["positions"]
    assert len(problems) == 21
    assert problems[-1] == "and 10 more of the kind"


def test_doctor_misses_a_guard_that_was_taken_off(filled: Office) -> None:
    tampered(filled.database, "SELECT 1")
    status, problems = doctor(filled)
    assert status == 1
    assert [problem.split(" ")[2] for problem in problems["durability"]] == [
        "entries_are_never_deleted",
        "entries_are_never_edited",
    ]


@pytest.mark.stores("sqlite")
def test_doctor_tells_of_a_journal_that_does_not_last(filled: Office) -> None:
    with closing(sqlite3.connect(filled.database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    status, problems = doctor(filled)
    assert status == 1
    assert "write_ahead is 0" in problems["durability"][0]


def untouched(database: Database) -> object:
    """The bytes of the file; on a server, each row's place and who wrote or locked it last."""
    if not isinstance(database, str):
        return database.read_bytes()
    touched = "SELECT ctid::text, xmin::text, xmax::text FROM "
    with psycopg.connect(database) as session:
        return [session.execute(touched + table).fetchall() for table in ("entries", "ledger", "recorded_requests")]


def test_doctor_changes_nothing(filled: Office) -> None:
    before = untouched(filled.database)
    doctor(filled)
    assert untouched(filled.database) == before


def test_doctor_is_not_alarmed_by_what_is_recorded_while_it_looks(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer goes on as soon as the last row has been streamed."""
    with closing(open_ledger(database)) as writer:
        writer.record(career_of(writer), said(hired()), author="clerk")
        with closing(open_ledger(database, writing=False)) as reader:
            stream = reader.recorder.stream

            def then_one_more() -> Iterator[Stored]:
                yield from stream()
                writer.record(career_of(writer), said(commended("2015-05-04")), author="clerk")

            monkeypatch.setattr(reader.recorder, "stream", then_one_more)
            problems = [problem.say("en") for check in examine(reader) for problem in check.problems]
        assert writer.known().position == 2
        assert problems == []
