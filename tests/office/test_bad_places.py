"""Files that are something else, disks that are full, places that may not be written: said plainly, nothing stored."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.office.opening import office_of
from domain.errors import LedgerBusyError, NotALedgerError, ReadOnlyStoreError, StoreError, StoreFullError
from tests.ledger.shell import run, script, start, with_mounts
from tests.ledger.test_bad_disks import READ_ONLY, limited
from tests.office.desk import PATIENCE, answered, failure_of, numbers_in, opened, told
from tests.running import url_of

LOGGING = """
import sys
from api.office.opening import office_of
from domain.errors import LedgerError
from tests.office.desk import answered

try:
    office = office_of(sys.argv[1])
    stored = office.log.submit(answered(1)).result()
    for size in map(int, sys.argv[2:]):
        try:
            stored = office.log.submit(answered(*range(size))).result()
        except LedgerError as error:
            print(type(error).__name__, error.say("en"))
    print("stored", stored)
    office.close()
except LedgerError as error:
    print(type(error).__name__, error.say("en"))
"""
"""Logs an answer about one, then others about so many; says what was refused, and the last number."""

HOLDING = """
import sys
from api.office.opening import office_of
from tests.office.desk import answered

office = office_of(sys.argv[1])
print(office.log.submit(answered(1)).result(), flush=True)
sys.stdin.read()
"""
"""Logs an answer, and keeps the office open until its input ends."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "place" / "ledger.db"
    path.parent.mkdir()
    return path


@pytest.fixture
def file(database: Path) -> Path:
    """The file of an office with one answer."""
    with opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
    return database.with_name("ledger.db.office")


def refused(database: Path, kind: type[StoreError]) -> str:
    """What is said of an office that cannot be opened, or of the first answer to it."""
    with pytest.raises(kind) as error, opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
    assert error.type is kind
    assert error.value.say("zh") != error.value.say("en")
    return error.value.say("en")


def test_a_file_of_another_kind_is_refused_and_left_alone(database: Path, file: Path) -> None:
    with closing(sqlite3.connect(file.with_name("other"))) as other:
        other.execute("CREATE TABLE something (other)")
    for content in (b"no database at all" * 100, file.with_name("other").read_bytes()):
        file.write_bytes(content)
        assert "is not the access log of a ledger" in refused(database, NotALedgerError)
        assert file.read_bytes() == content
    file.unlink()
    file.mkdir()
    assert "is not the access log of a ledger" in refused(database, NotALedgerError)


def test_a_ledger_is_no_office(database: Path, file: Path) -> None:
    shutil.move(file, database)
    with opened(database.with_name("ledger")):
        pass
    shutil.copy(database.with_name("ledger.office"), file)
    told(database, "PRAGMA application_id = 1128352837")  # CALE
    assert "is not the access log of a ledger" in refused(database, NotALedgerError)


def test_the_file_of_a_newer_program_is_refused(database: Path, file: Path) -> None:
    told(database, "PRAGMA user_version = 2")
    assert "newer program (layout 2)" in refused(database, NotALedgerError)


def test_a_file_in_which_nothing_was_made_yet_is_made(database: Path) -> None:
    database.with_name("ledger.db.office").touch()
    with opened(database) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 1


def test_records_that_were_cut_off_are_missed(database: Path, file: Path) -> None:
    with opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
    told(database, "DROP TRIGGER answers_are_never_deleted")
    told(database, "DELETE FROM answers WHERE number = 2")
    said = refused(database, StoreError)
    assert "it went up to number 2" in said
    assert "backup" in said
    assert numbers_in(database) == [1]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert "folder is missing" in refused(tmp_path / "nowhere" / "ledger.db", StoreError)


def test_a_second_process_that_would_write_is_told_so_and_may_read(database: Path, file: Path) -> None:
    with start(script(HOLDING, url_of(database)), stdin=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"2\n"
        with opened(database) as office:
            assert [record.number for record in office.log.page().records] == [1, 2]
            error = failure_of(office.log.submit(answered(1)))
            assert type(error) is LedgerBusyError
            assert str(file) in error.say("en")
            first.communicate(timeout=PATIENCE)
            assert office.log.submit(answered(1)).result(PATIENCE) == 3


def test_a_file_that_was_moved_away_is_not_written_until_it_is_back(database: Path, file: Path) -> None:
    with opened(database) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 2
        aside = file.with_name("aside")
        file.rename(aside)
        assert "moved or replaced" in failure_of(office.log.submit(answered(1))).say("en")
        shutil.copy(aside, file)
        assert "moved or replaced" in failure_of(office.log.submit(answered(1))).say("en")
        aside.rename(file)
        assert office.log.submit(answered(1)).result(PATIENCE) == 3
    assert numbers_in(database) == [1, 2, 3]


def test_a_damaged_file_says_so_and_nothing_is_claimed(database: Path, file: Path) -> None:
    with opened(database) as office:
        for _ in range(20):
            office.log.submit(answered(*range(50))).result(PATIENCE)
    content = bytearray(file.read_bytes())
    content[2048:] = os.urandom(len(content) - 2048)
    file.write_bytes(content)
    assert "damaged" in refused(database, StoreError)


def test_on_a_full_disk_nothing_is_stored_by_halves_and_it_goes_on_once_there_is_room(database: Path) -> None:
    """The process cannot be given more room, but what is small still fits after what is too large."""
    done = run(script(LOGGING, url_of(database), 5000, 0), before=limited(150_000))
    refusal, last = done.out.splitlines()
    assert done.err == ""
    assert refusal.startswith("StoreFullError")
    assert "make room, then try again" in refusal
    assert last == "stored 2"
    assert numbers_in(database) == [1, 2]
    assert told(database, "SELECT answer, count(*) FROM disclosures GROUP BY answer") == [(1, 1)]
    assert told(database, "PRAGMA integrity_check") == [("ok",)]
    assert run(script(LOGGING, url_of(database), 5000)).out == "stored 4\n"


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(database: Path, file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    full = with_mounts(
        """
        cp -p "$1"/* "$2"; mount -t tmpfs -o size=400k tmpfs "$1"; cp -p "$2"/* "$1"; from=$1; to=$2; shift 2
        "$@"; cp -p "$from"/* "$to"
        """,
        database.parent,
        kept,
        *script(LOGGING, url_of(database), 20_000, 1),
    )
    assert full.err == ""
    refusal, last = full.out.splitlines()
    assert refusal.startswith("StoreFullError")
    assert last == "stored 3"
    assert numbers_in(kept / database.name) == [1, 2, 3]


def test_no_office_is_begun_where_nothing_may_be_written(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    done = with_mounts(READ_ONLY, place, *script(LOGGING, url_of(place / "ledger.db")))
    assert done.out.startswith("ReadOnlyStoreError")
    assert "may not be written and nothing was stored" in done.out
    assert list(place.iterdir()) == []


ASKING = """
import sys
from api.office.opening import office_of
print([record.number for record in office_of(sys.argv[1]).log.page().records])
"""


def test_what_may_not_be_written_can_be_read(database: Path, file: Path) -> None:
    asked = with_mounts(READ_ONLY, database.parent, *script(ASKING, url_of(database)))
    assert (asked.out, asked.err) == ("[1]\n", "")
    done = with_mounts(READ_ONLY, database.parent, *script(LOGGING, url_of(database)))
    assert done.out.startswith(ReadOnlyStoreError.__name__)
    assert done.err == ""
    assert numbers_in(database) == [1]


def failing(office: Any, message: str, code: str) -> None:
    """Let the next statement fail as SQLite would."""
    error = sqlite3.OperationalError(message)
    error.sqlite_errorname = code
    raise error


@pytest.mark.parametrize(
    ("message", "code", "kind"),
    [
        ("database or disk is full", "SQLITE_FULL", StoreFullError),
        ("disk I/O error", "SQLITE_IOERR_WRITE", StoreFullError),
        ("attempt to write a readonly database", "SQLITE_READONLY", ReadOnlyStoreError),
        ("database is locked", "SQLITE_BUSY", LedgerBusyError),
        ("disk I/O error", "SQLITE_IOERR_FSYNC", StoreError),
    ],
)
def test_whatever_sqlite_says_of_a_commit_is_told_and_the_next_batch_tries_again(
    database: Path, file: Path, monkeypatch: pytest.MonkeyPatch, message: str, code: str, kind: type[StoreError]
) -> None:
    with closing(office_of(url_of(database))) as office:
        assert office.log.submit(answered(1)).result(PATIENCE) == 2
        with monkeypatch.context() as patch:
            patch.setattr("api.office.sqlite_store._insert", lambda *_: failing(office, message, code))
            error = failure_of(office.log.submit(answered(1)))
        assert type(error) is kind
        assert "import" not in error.say("en")
        assert office.log.submit(answered(1)).result(PATIENCE) == 3
    assert numbers_in(database) == [1, 2, 3]
