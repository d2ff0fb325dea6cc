"""Whoever stops midway: Ctrl-C, a closed pipe, a process that is ended."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from scripts.simulation import lines as simulated
from tests.ledger.saying import SOMEBODY, commended, hired, line, long_ago, stored
from tests.ledger.shell import PATIENCE, command, run, script, start
from tests.running import KEY, TODAY, Database, file_of

STOPPED_WHILE = """
import os
import sys
from domain.importing import run
from domain.stores.postgres.appending import PostgresAppending
from domain.stores.sqlite.appending import SqliteAppending
from scripts.main import main

places = {"judging": run, "sqlite": SqliteAppending, "postgres": PostgresAppending}
place, name, number, count = places[sys.argv[1]], *sys.argv[2:4], int(sys.argv[4])
inner = getattr(place, name)

def stopped(*words, **named):
    global count
    count -= 1
    if not count:
        os.kill(os.getpid(), int(number))
    return inner(*words, **named)

setattr(place, name, stopped)
main(sys.argv[5:])
"""
"""The command line, interrupted by a signal at the beginning of the n-th call of a function."""


@pytest.fixture
def ledger(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A ledger with one entry."""
    if isinstance(database, str):
        monkeypatch.setattr("tests.ledger.shell.KEPT", {"CAREER_LEDGER_KEY": KEY.decode()})
    one = tmp_path / "one.jsonl"
    one.write_bytes(file_of([long_ago()]).getvalue())
    assert run(command(database, "import", str(one))).status == 0
    return database


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 17,000 lines: more than a pipe holds, and more than one batch."""
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    path.write_bytes(b"".join(simulated(workers=200, region="150102", seed=3, today=TODAY)))
    return path


def nothing_was_stored(ledger: Database, status: int, err: str) -> bool:
    assert status == 130
    assert "interrupted; nothing was stored" in err
    assert "Traceback" not in err
    return [row[3] for row in stored(ledger)[1]] == ["commended"]


@pytest.mark.stores("sqlite", "postgres")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_while_it_reads_stores_nothing(
    ledger: Database, large: Path, number: int
) -> None:
    with start(command(ledger, "import", "-", "--lang", "en"), stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(large.read_bytes()[:300_000])
        process.stdin.flush()
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
    assert nothing_was_stored(ledger, process.returncode, err.decode())


@pytest.mark.stores("sqlite", "postgres")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("phase", "name", "count"), [("judging", "judge", 50), ("recording", "append", 2)])
def test_an_import_that_is_interrupted_later_stores_nothing_and_goes_in_afterwards(
    ledger: Database, store: str, large: Path, number: int, phase: str, name: str, count: int
) -> None:
    words = command(ledger, "import", str(large), "--lang", "en")[3:]
    told = run(script(STOPPED_WHILE, store if phase == "recording" else phase, name, int(number), count, *words))
    assert nothing_was_stored(ledger, told.status, told.err)
    again = run(command(ledger, "import", str(large)))
    assert again.status == 0, again.err[-300:]
    assert stored(ledger)[0] == len(large.read_bytes().splitlines()) + 1
    assert run(command(ledger, "doctor")).status == 0


@pytest.fixture
def filled(ledger: Path, tmp_path: Path) -> Path:
    """A ledger whose answers are longer than a pipe holds."""
    file = tmp_path / "many.jsonl"
    many = [line(commended(f"2015-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}", f"no. {day}")) for day in range(2000)]
    file.write_bytes(file_of(many).getvalue())
    assert run(command(ledger, "import", str(file))).status == 0
    return ledger


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["timeline", SOMEBODY],
        ["timeline", SOMEBODY, "--json"],
        ["simulate", "--workers", "50", "--today", "2024-12-31"],
    ],
    ids=" ".join,
)
def test_a_reader_that_has_seen_enough_is_no_error_to_speak_of(filled: Path, words: list[str]) -> None:
    told = run(["sh", "-c", '"$@" | head -c 10', "sh", *command(filled, *words)])
    assert told.err == ""
    assert len(told.out.encode()) >= 10 or words[-1] == SOMEBODY


def test_standard_input_is_a_file(ledger: Path) -> None:
    text = file_of([line(commended("2015-05-04")), line(commended("2015-02-29"), "B")]).getvalue()
    told = run(command(ledger, "import", "-", "--lang", "en"), fed=text)
    assert told.status == 1
    assert "<stdin>:2: " in told.err or "-:2: " in told.err
    assert stored(ledger)[0] == 2
    again = run(command(ledger, "import", "-"), fed=text.splitlines(keepends=True)[0])
    assert (again.status, stored(ledger)[0]) == (0, 2)


def test_an_export_goes_through_a_pipe_into_another_ledger(filled: Path, tmp_path: Path) -> None:
    exported = run(command(filled, "export")).out.encode()
    other = tmp_path / "other.db"
    assert run(command(other, "import", "-"), fed=exported).status == 0
    assert run(command(other, "export")).out.encode() == exported


@pytest.mark.parametrize(
    "words",
    [
        ["timeline", b"A\xff"],
        ["record", b"A\xff", json.dumps(hired())],
        ["record", SOMEBODY, b'{"fact":"resigned","last_day":"2015-01-01\xff"}'],
        ["record", SOMEBODY, json.dumps(commended("2015-05-04")), "--act", b"\xff"],
        ["record", SOMEBODY, json.dumps(commended("2015-05-04")), "--recorded-by", b"\xff"],
        ["export", "--worker", b"\xff"],
    ],
    ids=["worker", "record worker", "record fact", "act", "recorded-by", "export worker"],
)
def test_an_argument_that_is_not_utf_8_is_refused(ledger: Path, words: list[str | bytes]) -> None:
    told = run([*command(ledger), *words, "--lang", "en"])
    assert told.status in (1, 2)
    assert told.out == ""
    assert "Traceback" not in told.err
    assert stored(ledger)[0] == 1


def test_a_recorder_that_is_not_utf_8_is_refused_on_import(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_bytes(file_of([line(commended("2015-05-04"))]).getvalue())
    told = run([*command(ledger, "import", str(file)), "--recorded-by", b"\xff"])
    assert told.status in (1, 2)
    assert "Traceback" not in told.err
    assert stored(ledger)[0] == 1


def test_without_a_standard_output_there_is_no_traceback(filled: Path) -> None:
    for words in (["readings"], ["readings", "--json"], ["export"], ["timeline", SOMEBODY, "--json"]):
        told = run(["sh", "-c", '"$@" >&-', "sh", *command(filled, *words)])
        assert "Traceback" not in told.err, words
