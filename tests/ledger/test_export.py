"""Export: the ledger in the import format, byte for byte as it was recorded."""

import json
from contextlib import closing

import pytest

from domain.exporting import export_lines
from scripts.simulation import lines as simulated
from tests.ledger.saying import (
    SOMEBODY,
    SOMEBODY_ELSE,
    career_of,
    commended,
    corrected,
    hired,
    line,
    registered,
    stored,
    voided,
)
from tests.ledger.taking import take
from tests.running import TODAY, Bench, Database, Databases, Office, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

EVERYTHING = [
    line(
        registered(),
        SOMEBODY,
        act="文号〔2024〕1 号",
        evidence=[{"kind": "身份证", "reference": "a/1", "sha256": "0f"}],
    ),
    line(hired(), SOMEBODY, recorded_at="2020-01-02T03:04:05.000006Z", recorded_by="another"),
    line(hired(), SOMEBODY_ELSE),
    line(commended("2015-05-04", 'a "quoted" \\ \u2028 title'), SOMEBODY_ELSE),
    line(corrected(1, hired("2014-09-02")), SOMEBODY),
    line(voided(2), SOMEBODY_ELSE),
]


def exported(bench: Bench) -> bytes:
    return b"".join(export_lines(bench.ledger))


def lines_in(text: str) -> list[str]:
    """Lines as the format has them: a title may hold what Python takes for the end of one."""
    return text.split("\n")[:-1]


@pytest.fixture
def population() -> bytes:
    return b"".join(simulated(workers=5, region="150102", seed=11, today=TODAY))


def test_a_new_ledger_made_of_an_export_exports_the_same_bytes(
    bench: Bench, database: Database, databases: Databases, population: bytes
) -> None:
    take(bench, population)
    take(bench, EVERYTHING)
    text = exported(bench)
    assert text.count(b"\n") == bench.ledger.known().position
    another = databases("other")
    with closing(open_ledger(another)) as ledger:
        other = Bench(ledger, [])
        summary = take(other, text, author="somebody else")
        assert (summary.recorded, summary.refused) == (bench.ledger.known().position, 0)
        assert exported(other) == text
    ours, theirs = stored(database), stored(another)
    assert ours == theirs


def test_an_export_into_the_same_ledger_records_nothing(bench: Bench, population: bytes) -> None:
    take(bench, population)
    take(bench, EVERYTHING)
    head = bench.ledger.known().position
    summary = take(bench, exported(bench), author="another")
    assert (summary.recorded, summary.known_already, summary.refused) == (0, head, 0)


def test_an_export_names_careers_and_no_worker_key(bench: Bench) -> None:
    take(bench, EVERYTHING)
    text = exported(bench).decode()
    assert SOMEBODY not in text
    assert {json.loads(one)["worker"] for one in lines_in(text)} == {
        str(career_of(bench.ledger, worker)) for worker in (SOMEBODY, SOMEBODY_ELSE)
    }


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file(EVERYTHING)).status == 0
    return office


def test_export_writes_to_stdout_and_nothing_else(filled: Office) -> None:
    said = filled.run("export")
    assert (said.status, said.err) == (0, "")
    assert len(lines_in(said.out)) == 6
    assert filled.run("export").out == said.out


def test_export_writes_a_whole_file(filled: Office) -> None:
    path = filled.folder / "out.jsonl"
    path.write_text("what was there before")
    said = filled.run("export", "--output", str(path), "--lang", "en")
    assert (said.status, said.out) == (0, "")
    assert "6 lines" in said.err
    assert path.read_text() == filled.run("export").out
    assert [one.name for one in filled.folder.glob("out*")] == ["out.jsonl"]


def test_an_export_that_fails_midway_leaves_what_was_there(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled.folder / "out.jsonl"
    path.write_text("what was there before")

    def half(*_: object) -> object:
        yield b"{}\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scripts.records.export_lines", half)
    said = filled.run("export", "-o", str(path))
    assert said.status == 1
    assert "No space left on device" in said.err
    assert path.read_text() == "what was there before"
    assert [one.name for one in filled.folder.glob("out*")] == ["out.jsonl"]


def test_an_export_into_a_missing_folder_says_so(filled: Office) -> None:
    said = filled.run("export", "-o", str(filled.folder / "none" / "out.jsonl"))
    assert (said.status, said.out) == (1, "")
    assert "No such file or directory" in said.err
    assert filled.run("export", "-o", str(filled.folder)).status == 2


def test_export_of_one_worker_by_key_or_by_uuid(filled: Office) -> None:
    whole = lines_in(filled.run("export").out)
    one = lines_in(filled.run("export", "--worker", SOMEBODY).out)
    career = json.loads(one[0])["worker"]
    assert one == [line for line in whole if json.loads(line)["worker"] == career]
    assert len(one) == 3
    assert lines_in(filled.run("export", "--worker", career).out) == one


def test_export_of_an_unknown_worker_is_refused(filled: Office) -> None:
    said = filled.run("export", "--worker", "nobody", "-o", str(filled.folder / "out.jsonl"), "--lang", "en")
    assert (said.status, said.out) == (1, "")
    assert "no such career" in said.err
    assert not list(filled.folder.glob("out*"))


def test_export_of_a_ledger_without_entries_is_empty(office: Office) -> None:
    office.run("import", office.file(b""))
    said = office.run("export")
    assert (said.status, said.out, said.err) == (0, "", "")
