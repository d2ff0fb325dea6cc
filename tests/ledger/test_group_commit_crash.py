"""A process with many callers is killed at any moment: what it acknowledged is there, and the ledger goes on."""

import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from time import sleep

import pytest

from domain.examination import examine
from tests.ledger.saying import career_of, commended, entries_in, said
from tests.ledger.shell import script, start
from tests.running import KEY, Database, open_ledger, url_of

KILLS = 10
LONGEST = 0.15
"""Most seconds between the first acknowledgement and the kill."""

CALLERS = """
import os
import sys
from datetime import UTC, datetime
from threading import Thread
from domain.ledger import Ledger
from domain.workers import WorkerKeys
from tests.ledger.saying import commended, said

ledger = Ledger(sys.argv[1], workers=WorkerKeys(sys.argv[2].encode()), now=lambda: datetime.now(UTC), writing=True)
run, callers = sys.argv[3], int(sys.argv[4])

def come_often(caller):
    for number in range(1_000_000):
        # Careers of one's own that stay short, and now and then one that all write.
        worker = "everyone's" if number % 10 == 0 and number < 100 else f"{run}-{caller}-{number // 20}"
        titles = [f"{run}-{caller}-{number}-{part}" for part in range(1 + number % 3)]
        recorded = ledger.record(ledger.career_of(worker), said(*(commended("2015-05-04", one) for one in titles)),
                                 author="clerk")
        told = "".join(f"{entry.position} {entry.state.fact.title}\\n" for entry in recorded)
        os.write(1, told.encode())

for caller in range(callers):
    Thread(target=come_often, args=(caller,)).start()
"""
"""Threads that record and then acknowledge; what one of them writes at once, a pipe does not tear apart."""


def killed_after(database: Database, run: int, seconds: float, callers: int = 6) -> dict[int, str]:
    """Let callers record until their process is killed; answers with what it acknowledged, by position."""
    with start(script(CALLERS, url_of(database), KEY.decode(), run, callers), stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    whole = [line.decode().rstrip("\n").split(" ", 1) for line in lines if line.endswith(b"\n")]
    return {int(position): title for position, title in whole}


def assert_all_or_none(titles: Iterable[str]) -> None:
    """Of what was said at once, nothing is missing."""
    parts = Counter(title.rsplit("-", 1)[0] for title in titles)
    assert all(count == 1 + int(said_at_once.rsplit("-", 1)[1]) % 3 for said_at_once, count in parts.items())


@pytest.mark.stores("sqlite", "postgres")
def test_whatever_was_acknowledged_before_a_kill_is_there_after_it(database: Database) -> None:
    moments = random.Random(20240821)
    acknowledged: dict[int, str] = {}
    for run in range(KILLS):
        told = killed_after(database, run, moments.uniform(0, LONGEST))
        assert told
        assert not acknowledged.keys() & told.keys()
        acknowledged |= told
        with closing(open_ledger(database, writing=False)) as ledger:
            there = {entry.position: entry.state.fact.title for entry in entries_in(ledger)}
            assert [problem.say("en") for check in examine(ledger) for problem in check.problems] == []
        assert acknowledged.items() <= there.items()
        assert sorted(there) == list(range(1, len(there) + 1))
        assert_all_or_none(there.values())
    with closing(open_ledger(database, lambda: datetime.now(UTC))) as ledger:
        recorded = ledger.record(career_of(ledger), said(commended("2016-05-04")), author="clerk")
    assert recorded[0].position == len(there) + 1
