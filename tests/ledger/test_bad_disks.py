"""Disks that are full, and places that may not be written: nothing is stored, and the file is whole afterwards."""

import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.simulation import lines as simulated
from tests.ledger.saying import SOMEBODY, commended, line, long_ago, stored
from tests.ledger.shell import command, run, script, with_mounts
from tests.running import TODAY, file_of

SMALL_MEMORY = """
import sys
from domain.importing import buckets
from scripts.main import main

buckets.IN_MEMORY = 256
main(sys.argv[1:])
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one entry."""
    path = tmp_path / "place" / "ledger.db"
    path.parent.mkdir()
    one = tmp_path / "one.jsonl"
    one.write_bytes(file_of([long_ago()]).getvalue())
    assert run(command(path, "import", str(one))).status == 0
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Some 2 MB to import."""
    path = tmp_path / "large.jsonl"
    path.write_bytes(b"".join(simulated(workers=120, region="150102", seed=3, today=TODAY)))
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.jsonl"
    path.write_bytes(file_of([line(commended("2015-05-04"))]).getvalue())
    return path


def limited(size: int) -> Callable[[], None]:
    """In the child: no file may grow beyond this."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_on_a_full_disk_nothing_is_stored_and_the_same_file_goes_in_once_there_is_room(
    ledger: Path, large: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    full = with_mounts(
        """
        cp "$1"/* "$2"; mount -t tmpfs -o size=300k tmpfs "$1"; cp -p "$2"/* "$1"; shift 2
        "$@" && code=0 || code=$?; cp -p "$(dirname "$KEPT_OF")"/* "$KEPT_IN"; exit $code
        """.replace("$KEPT_OF", str(ledger)).replace("$KEPT_IN", str(kept)),
        ledger.parent,
        kept,
        *command(ledger, "import", str(large), "--lang", "en"),
    )
    assert full.status == 1
    assert "the disk is full and nothing was stored" in full.err
    assert "Traceback" not in full.err
    copy = kept / ledger.name
    assert [row[3] for row in stored(copy)[1]] == ["commended"]
    assert run(command(copy, "doctor")).status == 0
    assert run(command(copy, "import", str(large))).status == 0
    assert stored(copy)[0] > 1000


def test_a_file_that_may_not_grow_stores_nothing(ledger: Path, large: Path) -> None:
    told = run(command(ledger, "import", str(large), "--lang", "en"), before=limited(200_000))
    assert told.status == 1
    assert "Traceback" not in told.err
    assert [row[3] for row in stored(ledger)[1]] == ["commended"]
    assert run(command(ledger, "doctor")).status == 0
    assert run(command(ledger, "import", str(large))).status == 0


def test_a_file_that_may_not_grow_is_not_called_damaged(ledger: Path, large: Path) -> None:
    told = run(command(ledger, "import", str(large), "--lang", "en"), before=limited(200_000))
    assert "damaged" not in told.err
    assert "nothing was stored" in told.err


def test_a_full_disk_under_the_temporary_files_is_the_same(ledger: Path, large: Path) -> None:
    limit = 300_000
    arguments = script(SMALL_MEMORY, "--database", f"sqlite:///{ledger}", "import", large, "--lang", "en")
    told = run(arguments, before=limited(limit))
    assert told.status == 1
    assert "the disk is full and nothing was stored" in told.err
    assert "Traceback" not in told.err
    assert stored(ledger)[0] == 1
    assert run(arguments).status == 0


def test_a_full_disk_under_an_export_leaves_no_part_of_a_file(ledger: Path, large: Path, tmp_path: Path) -> None:
    assert run(command(ledger, "import", str(large))).status == 0
    out = tmp_path / "out" / "export.jsonl"
    out.parent.mkdir()
    told = run(command(ledger, "export", "-o", str(out)), before=limited(100_000))
    assert told.status == 1
    assert "File too large" in told.err
    assert "Traceback" not in told.err
    assert list(out.parent.iterdir()) == []


READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"'


def test_a_read_only_folder_can_be_asked_and_not_written(ledger: Path, small: Path) -> None:
    asked = with_mounts(READ_ONLY, ledger.parent, *command(ledger, "timeline", SOMEBODY, "--json"))
    assert asked.status == 0, asked.err
    assert with_mounts(READ_ONLY, ledger.parent, *command(ledger, "doctor")).status == 0
    told = with_mounts(READ_ONLY, ledger.parent, *command(ledger, "import", str(small), "--lang", "en"))
    assert told.status == 1
    assert "may not be written and nothing was stored" in told.err
    assert "Traceback" not in told.err
    assert stored(ledger)[0] == 1


def test_no_ledger_is_begun_in_a_read_only_folder(tmp_path: Path, small: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    told = with_mounts(READ_ONLY, place, *command(place / "ledger.db", "import", str(small), "--lang", "en"))
    assert told.status == 1
    assert "may not be written and nothing was stored" in told.err
    assert list(place.iterdir()) == []


def test_a_read_only_file_is_not_written(ledger: Path, small: Path) -> None:
    told = with_mounts(READ_ONLY, ledger, *command(ledger, "import", str(small), "--lang", "en"))
    assert told.status == 1
    assert "may not be written and nothing was stored" in told.err
    assert "Traceback" not in told.err
    assert stored(ledger)[0] == 1


def test_an_export_into_a_full_device_says_so_without_a_traceback(ledger: Path, large: Path) -> None:
    assert run(command(ledger, "import", str(large))).status == 0
    told = run(["sh", "-c", '"$@" > /dev/full', "sh", *command(ledger, "export")])
    assert told.status == 1
    assert "No space left on device" in told.err
    assert "Traceback" not in told.err
