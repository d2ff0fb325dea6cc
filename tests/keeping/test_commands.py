"""The commands rebuild, audit and follow, as a person types them; none of them says anything of a person."""

import json
import signal
import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pytest

from projections.keeping.definitions import TABLES
from scripts.settings import Settings
from tests.keeping.ground import append_raw, career
from tests.ledger.saying import IDENTITY, NAME, SOMEBODY, SOMEBODY_ELSE, commended, hired, line, registered, resigned
from tests.ledger.shell import PATIENCE, command, start
from tests.running import Office, Said, url_of

pytestmark = pytest.mark.stores("sqlite", "postgres")

LINES = [
    line(registered(), recorded_at="2014-09-01T00:00:00Z"),
    line(hired(), recorded_at="2014-09-02T00:00:00Z"),
    line(hired(), SOMEBODY_ELSE, recorded_at="2014-09-03T00:00:00Z"),
    line(commended("2015-05-04"), recorded_at="2015-05-05T00:00:00Z"),
    line(resigned("2016-01-31"), recorded_at="2016-02-01T00:00:00Z"),
]


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file(LINES)).status == 0
    return office


def silent(told: Said) -> Said:
    """What was said, after looking that no one is named in it."""
    for secret in (NAME, IDENTITY, SOMEBODY, SOMEBODY_ELSE, "1988-04-12"):
        assert secret not in told.out + told.err
    assert "Traceback" not in told.err
    return told


def by_hand(office: Office, statement: str) -> None:
    """Change a kept table behind the program's back; `{people}` is its name there."""
    which = "SELECT number FROM kept_tables WHERE name = 'people' AND CAST(current AS INTEGER) = 1"
    if isinstance(office.database, str):
        with psycopg.connect(office.database) as session:
            number = session.execute(which).fetchall()[0][0]
            session.execute(statement.format(people=f"people_{number}").encode())
    else:
        with closing(sqlite3.connect(f"{office.database}.kept")) as connection, connection:
            number = connection.execute(which).fetchone()[0]
            connection.execute(statement.format(people=f"people_{number}"))


def audited(office: Office, *words: str) -> tuple[int, dict[str, Any]]:
    told = silent(office.run("audit", "--json", "--lang", "en", *words))
    assert told.err == ""
    return told.status, json.loads(told.out)


def test_rebuild_builds_all_tables_or_those_that_are_named(filled: Office) -> None:
    told = silent(filled.run("rebuild", "--lang", "en"))
    assert (told.status, told.out) == (0, f"{len(TABLES)} tables built, up to position 5\n")
    told = silent(filled.run("rebuild", "roster", "--lang", "en"))
    assert (told.status, told.out) == (0, "1 tables built, up to position 5\n")
    assert "已建立 2 个汇总表,至位置 5" in filled.run("rebuild", "roster", "people").out
    assert audited(filled, "--all")[0] == 0


def test_rebuild_of_one_builds_all_that_must_be(filled: Office) -> None:
    assert filled.run("rebuild", "due", "--lang", "en").out.startswith(f"{len(TABLES)} tables built")


def test_a_table_that_there_is_not_is_wrong_usage(filled: Office) -> None:
    told = silent(filled.run("rebuild", "nosuch"))
    assert told.status == 2
    assert "roster" in told.err


def test_an_audit_of_a_sample_or_of_all_finds_nothing_in_tables_that_are_true(filled: Office) -> None:
    filled.run("rebuild")
    status, answer = audited(filled, "--all")
    assert (status, answer["careers"], answer["differences"]) == (0, 2, [])
    assert audited(filled) == (0, answer)
    assert audited(filled, "--sample", "1")[1]["careers"] == 1
    assert audited(filled, "--sample", "1", "--seed", "2") == audited(filled, "--sample", "1", "--seed", "2")
    told = silent(filled.run("audit", "--all", "--lang", "en"))
    assert told.status == 0
    assert f"2 careers and {answer['rows']} rows compared: all are the same" in told.out


@pytest.mark.parametrize(
    ("changed", "missing", "surplus"),
    [
        ("UPDATE {people} SET name = '赵六' WHERE name IS NOT NULL", 1, 1),
        ("DELETE FROM {people} WHERE name IS NOT NULL", 1, 0),
    ],
)
def test_an_audit_finds_a_row_that_was_changed_by_hand(
    filled: Office, changed: str, missing: int, surplus: int
) -> None:
    filled.run("rebuild")
    by_hand(filled, changed)
    status, answer = audited(filled, "--all")
    [found] = answer["differences"]
    assert (status, found["table"], found["missing"], found["surplus"]) == (1, "people", missing, surplus)
    told = silent(filled.run("audit", "--all", "--lang", "en"))
    assert told.status == 1
    assert "赵六" not in told.out
    assert found["career"] in told.out
    assert "1 differences; run rebuild" in told.out
    assert filled.run("rebuild").status == 0
    assert audited(filled, "--all")[0] == 0


def test_an_audit_of_what_is_not_there_says_what_to_do(filled: Office) -> None:
    for words in ([], ["--all"]):
        told = silent(filled.run("audit", "--lang", "en", *words))
        assert (told.status, told.out) == (1, "")
        assert "no tables have been kept yet; run rebuild" in told.err


def test_an_audit_of_tables_of_another_program_says_what_to_do(filled: Office) -> None:
    filled.run("rebuild")
    by_hand(filled, "UPDATE kept_tables SET version = 'another' WHERE name = 'roster'")
    told = silent(filled.run("audit", "--lang", "en"))
    assert told.status == 1
    assert "another version of the program (roster); run rebuild" in told.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_follow_goes_on_until_it_is_stopped_and_then_all_is_well(filled: Office, number: signal.Signals) -> None:
    words = ["--database", url_of(filled.database), "follow", "--lang", "en"]
    with start([*command(filled.folder)[:3], *words], stdin=None) as process:
        assert process.stderr is not None
        said = [process.stderr.readline().decode()]
        filled.run("import", filled.file([line(commended("2017-05-04"), SOMEBODY_ELSE)]))
        said.append(process.stderr.readline().decode())
        process.send_signal(number)
        _, rest = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest) == (0, b"")
    assert said == [f"kept tables are up to position {position}\n" for position in (5, 6)]
    assert audited(filled, "--all")[0] == 0


def test_doctor_names_the_parked_careers_and_why_and_not_the_people(filled: Office) -> None:
    with closing(Settings(url_of(filled.database)).open(writing=True)) as ledger:
        append_raw(ledger, career(1), json.dumps({"recorded_at": "2026-01-01T00:00:00Z", "by": NAME}).encode())
    filled.run("rebuild")
    told = silent(filled.run("doctor", "--json", "--lang", "en"))
    [problem] = next(one["problems"] for one in json.loads(told.out)["checks"] if one["check"] == "kept")
    assert told.status == 1
    assert problem.startswith(f"career {career(1)} is in no kept table: the entry at position 6 cannot be decoded")
    assert audited(filled, "--all")[0] == 0
