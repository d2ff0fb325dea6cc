"""Stores that are none, keys that do not fit: a clear refusal, and nothing is changed."""

import hashlib
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.ledger.saying import IDENTITY, SOMEBODY, SOMEBODY_ELSE, commended, hired, line, stored
from tests.running import Office

QUESTIONS = ("service-years", "eligibility", "findings", "timeline")


def ask(office: Office, *words: str) -> tuple[int, str]:
    """Status and complaint of a command that prints nothing else, and no traceback."""
    told = office.run(*words, "--lang", "en")
    assert told.out == ""
    assert "Traceback" not in told.err
    return told.status, told.err


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file([line(hired())])).status == 0
    return office


@pytest.fixture
def more(office: Office) -> str:
    return office.file([line(commended("2015-05-04"), SOMEBODY_ELSE)])


def test_a_text_file_is_not_a_ledger_and_stays_as_it_is(office: Office, more: str) -> None:
    office.database.write_text("name,born\n" * 1000)
    for words in (["timeline", SOMEBODY], ["doctor"], ["export"], ["import", more]):
        status, err = ask(office, *words)
        assert status == 1
        assert "is not a career ledger" in err
    assert office.database.read_text() == "name,born\n" * 1000


def test_another_programs_database_is_not_a_ledger_and_stays_as_it_is(office: Office, more: str) -> None:
    with closing(sqlite3.connect(office.database)) as connection:
        connection.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY)")
        connection.commit()
    before = office.database.read_bytes()
    for words in (["timeline", SOMEBODY], ["doctor"], ["import", more]):
        status, err = ask(office, *words)
        assert status == 1
        assert "is not a career ledger" in err
    assert office.database.read_bytes() == before


def test_an_empty_file_is_no_ledger_to_ask_but_one_to_begin(office: Office, more: str) -> None:
    office.database.touch()
    assert ask(office, "timeline", SOMEBODY)[0] == 1
    assert office.database.stat().st_size == 0
    assert office.run("import", more).status == 0
    assert stored(office.database)[0] == 1


@pytest.mark.parametrize("command", [*QUESTIONS, "export", "doctor", "compare"])
def test_without_a_ledger_a_question_says_so_and_makes_none(office: Office, command: str) -> None:
    words = [] if command in ("export", "doctor") else [SOMEBODY]
    words += ["--known-at", "0", "--and", "1"] if command == "compare" else []
    status, err = ask(office, command, *words)
    assert status == 1
    assert "no ledger at" in err
    assert os.listdir(office.folder) == []


def test_a_missing_folder_is_named(office: Office, more: str) -> None:
    office.database = office.folder / "none" / "ledger.db"
    for words in (["timeline", SOMEBODY], ["import", more]):
        status, err = ask(office, *words)
        assert status == 1
        assert str(office.database) in err
    assert not office.database.parent.exists()


def test_writing_into_a_missing_folder_says_that_the_folder_is_missing(office: Office, more: str) -> None:
    office.database = office.folder / "none" / "ledger.db"
    assert "folder is missing" in ask(office, "import", more)[1]


def test_a_folder_is_not_a_ledger(office: Office, more: str) -> None:
    office.database.mkdir()
    for words in (["timeline", SOMEBODY], ["doctor"], ["import", more]):
        assert ask(office, *words)[0] == 1


def test_a_newer_layout_is_refused_and_not_touched(filled: Office, more: str) -> None:
    with closing(sqlite3.connect(filled.database)) as connection:
        connection.execute("PRAGMA user_version = 2")
    for words in (["timeline", SOMEBODY], ["doctor"], ["export"], ["import", more]):
        status, err = ask(filled, *words)
        assert status == 1
        assert "newer program (layout 2)" in err
    assert stored(filled.database)[0] == 1


@pytest.mark.parametrize("url", ["career-ledger.db", "sqlite://", "sqlite:///", "postgres://x/y", ""])
def test_a_database_that_is_no_url_is_wrong_usage(office: Office, url: str) -> None:
    told = office.run("--database", url, "timeline", SOMEBODY, "--lang", "en")
    assert (told.status, told.out) == (2, "")
    assert "sqlite:///FILE" in told.err


def test_a_path_with_odd_characters_is_a_path(office: Office, more: str) -> None:
    odd = office.folder / "账本 #1 100%25?mode=memory"
    odd.mkdir()
    office.database = odd / "a&b.db"
    assert office.run("import", more).status == 0
    assert office.run("timeline", SOMEBODY_ELSE).status == 0
    assert stored(office.database)[0] == 1


def key_file(office: Office) -> Path:
    return office.database.with_name(office.database.name + ".key")


def test_no_file_of_the_ledger_holds_a_workers_key(office: Office) -> None:
    lines = [line(hired(), IDENTITY), line(commended("2015-05-04"), IDENTITY.lower()), line(hired(), SOMEBODY_ELSE)]
    assert office.run("import", office.file(lines)).status == 0
    plain = [hashlib.new(kind, IDENTITY.encode()).digest()[:6] for kind in ("md5", "sha1", "sha256")]
    for path in office.folder.glob(office.database.name + "*"):
        text = path.read_bytes()
        assert not any(key in text for key in (IDENTITY[:17].encode(), SOMEBODY_ELSE.encode(), *plain))


def test_the_key_file_is_made_for_its_owner_only(filled: Office) -> None:
    assert key_file(filled).stat().st_mode & 0o777 == 0o600
    assert len(key_file(filled).read_bytes().strip()) >= 32


def test_another_key_is_refused(filled: Office, more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREER_LEDGER_KEY", "another key than the one of before")
    for words in (["timeline", SOMEBODY], ["import", more], ["export"]):
        status, err = ask(filled, *words)
        assert status == 1
        assert "not this ledger's" in err
        assert "another key than" not in err
    assert stored(filled.database)[0] == 1


def test_without_its_key_file_only_uuids_lead_to_careers(filled: Office, more: str) -> None:
    career = filled.run("export").out[len('{"worker":"') :][:36]
    key_file(filled).unlink()
    for words in (["timeline", SOMEBODY], ["import", more]):
        status, err = ask(filled, *words)
        assert status == 1
        assert "digest key is missing" in err
        assert SOMEBODY not in err
    assert stored(filled.database)[0] == 1
    assert not key_file(filled).exists()
    assert filled.run("timeline", career).status == 0
    assert filled.run("import", filled.file([line(commended("2015-05-04"), career)])).status == 0
    assert filled.run("doctor").status == 0


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_key_file_that_others_can_use_is_refused(filled: Office, more: str, mode: int) -> None:
    key_file(filled).chmod(mode)
    for words in (["timeline", SOMEBODY], ["import", more]):
        status, err = ask(filled, *words)
        assert status == 1
        assert "chmod 600" in err
    assert stored(filled.database)[0] == 1
    key_file(filled).chmod(0o400)
    assert filled.run("import", more).status == 0


@pytest.mark.parametrize("text", [b"", b"\n", b"short", b"  fifteen bytes.  "])
def test_a_key_file_that_is_not_whole_is_refused(filled: Office, more: str, text: bytes) -> None:
    key_file(filled).write_bytes(text)
    for words in (["timeline", SOMEBODY], ["import", more]):
        status, err = ask(filled, *words)
        assert status == 1
        assert "at least 16 bytes" in err
    assert stored(filled.database)[0] == 1


def test_doctor_tells_of_a_key_of_the_environment_that_could_be_found_by_trying(
    office: Office, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREER_LEDGER_KEY", "short")
    assert office.run("import", more).status == 0
    told = office.run("doctor", "--lang", "en")
    assert told.status == 1
    assert "fewer than 16 bytes" in " ".join(told.out.split())
    assert "short" not in told.out


def test_a_missing_file_or_a_folder_to_import_is_wrong_usage(filled: Office, more: str) -> None:
    for name in ("none.jsonl", "."):
        told = filled.run("import", more, str(filled.folder / name))
        assert (told.status, told.out) == (2, "")
    assert stored(filled.database)[0] == 1


def test_a_damaged_file_is_told_and_not_written_to(filled: Office, more: str) -> None:
    rows = [line(commended("2015-05-04", f"no. {number}")) for number in range(500)]
    assert filled.run("import", filled.file(rows)).status == 0
    with filled.database.open("r+b") as file:
        file.seek(3 * 8192)
        file.write(b"\xa5" * 8192 * 4)
    for words in (["doctor"], ["timeline", SOMEBODY], ["import", more]):
        told = filled.run(*words, "--lang", "en")
        assert told.status == 1
        assert "Traceback" not in told.err
        assert "Traceback" not in told.out
    assert "damaged" in filled.run("export", "--lang", "en").err


def test_a_new_ledger_and_all_that_lies_beside_it_are_for_their_owner_alone(office: Office) -> None:
    office.run("import", office.file([line(hired())]))
    exported = office.folder / "out.jsonl"
    office.run("export", "--output", str(exported))
    beside = [*office.folder.glob(f"{office.database.name}*"), exported]
    assert {path.name: stat.filemode(path.stat().st_mode) for path in beside} == {
        path.name: "-rw-------" for path in beside
    }
