"""Several processes and one ledger: one writes, others read, and what was acknowledged survives a kill."""

import signal
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from domain.examination import examine
from tests.ledger.saying import SOMEBODY, career_of, commended, entries_in, hired, line, said, stored
from tests.ledger.shell import PATIENCE, command, run, script, start
from tests.running import KEY, Database, file_of, open_ledger, url_of

HOLDING = """
import sys
from datetime import UTC, datetime
from domain.ledger import Ledger
from domain.workers import WorkerKeys
from tests.ledger.saying import commended, said

url, key, facts, worker = sys.argv[1:]
ledger = Ledger(url, workers=WorkerKeys(key.encode()), now=lambda: datetime.now(UTC), writing=True)
career = ledger.career_of(worker)
print("open", flush=True)
day = 0
while day < int(facts):
    day += 1
    recorded = ledger.record(career, said(commended("2015-05-04", f"no. {day}")), author="clerk")
    print(recorded[0].position, recorded[0].state.fact.title, flush=True)
sys.stdin.read()
"""


def writer(database: Database, facts: int, worker: str = SOMEBODY, key: str = KEY.decode()) -> subprocess.Popen[bytes]:
    return start(script(HOLDING, url_of(database), key, facts, worker), stdin=subprocess.PIPE)


def test_a_second_writing_process_is_told_that_the_ledger_is_busy_and_readers_go_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(open_ledger(path)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
    file = tmp_path / "more.jsonl"
    file.write_bytes(file_of([line(commended("2016-05-04"))]).getvalue())
    with writer(path, 1) as first:
        assert first.stdout is not None
        assert [first.stdout.readline(), first.stdout.readline()] == [b"open\n", b"2 no. 1\n"]
        refused = run(command(path, "import", str(file), "--lang", "en"), CAREER_LEDGER_KEY=KEY.decode())
        asked = run(command(path, "timeline", "A-0417", "--json"), CAREER_LEDGER_KEY=KEY.decode())
        first.communicate(b"", timeout=PATIENCE)
    assert refused.status == 1
    assert "another process is writing" in refused.err
    assert asked.status == 0
    assert '"position":2' in asked.out
    assert run(command(path, "import", str(file)), CAREER_LEDGER_KEY=KEY.decode()).status == 0
    assert stored(path)[0] == 3


@pytest.mark.stores("sqlite", "postgres")
def test_a_killed_process_loses_nothing_that_it_acknowledged(database: Database) -> None:
    acknowledged: dict[int, str] = {}
    for seen in (1, 5, 20, 60):
        with writer(database, 1_000_000) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"
            lines = [process.stdout.readline() for _ in range(seen)]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.readlines()
        whole = [one.decode() for one in lines if one.endswith(b"\n")]
        acknowledged |= {int(position): title for position, title in (one.rstrip("\n").split(" ", 1) for one in whole)}
        with closing(open_ledger(database, writing=False)) as ledger:
            there = {entry.position: entry.state.fact.title for entry in entries_in(ledger)}
            assert not any(check.problems for check in examine(ledger))
        assert acknowledged.items() <= there.items()
        assert sorted(there) == list(range(1, len(there) + 1))
    assert len(acknowledged) >= 1 + 5 + 20 + 60


@pytest.mark.stores("sqlite", "postgres")
def test_the_next_process_writes_after_a_kill(database: Database) -> None:
    with writer(database, 3) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4)]
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    assert lines[-1] == b"3 no. 3\n"
    with closing(open_ledger(database)) as ledger:
        assert ledger.record(career_of(ledger), said(hired()), author="clerk")[0].position == 4
