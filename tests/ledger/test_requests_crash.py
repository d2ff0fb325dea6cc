"""A process is killed at any moment and its callers ask again: nothing is recorded twice, and nothing is lost."""

import random
import signal
import subprocess
from collections import Counter
from contextlib import closing
from time import sleep

import pytest

from domain.examination import examine
from tests.ledger.saying import entries_in
from tests.ledger.shell import script, start
from tests.running import KEY, Database, open_ledger, url_of

KILLS = 10
LONGEST = 0.15
"""Most seconds between the first acknowledgement and the kill."""
CALLERS = 6

CALLING = """
import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from threading import Thread
from domain.ledger import Ledger
from domain.requests import Request
from domain.workers import WorkerKeys
from tests.ledger.saying import commended, said

ledger = Ledger(sys.argv[1], workers=WorkerKeys(sys.argv[2].encode()), now=lambda: datetime.now(UTC), writing=True)

def ask(caller, first):
    for number in range(first, 1_000_000):
        career = ledger.career_of("everyone's" if number % 10 == 0 and number < 100 else f"{caller}-{number // 20}")
        titles = [f"{caller}-{number}-{part}" for part in range(1 + number % 3)]
        facts = said(*(commended("2015-05-04", title) for title in titles))
        digest = sha256(f"{caller}-{number}".encode()).digest()
        recorded = ledger.record(career, facts, author="clerk", request=Request(digest[:16], digest))
        told = "".join(f"{entry.position} {entry.state.fact.title}\\n" for entry in recorded)
        os.write(1, told.encode())

for caller, first in enumerate(sys.argv[3:]):
    Thread(target=ask, args=(caller, int(first))).start()
"""
"""Threads that send one request after another, from a number on, and acknowledge what became of it."""


def killed_after(database: Database, firsts: list[int], seconds: float) -> dict[str, int]:
    """Let callers ask until their process is killed; answers with what it acknowledged: positions by title."""
    words = script(CALLING, url_of(database), KEY.decode(), *firsts)
    with start(words, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    whole = [line.decode().rstrip("\n").split(" ", 1) for line in lines if line.endswith(b"\n")]
    return {title: int(position) for position, title in whole}


def next_of(caller: int, acknowledged: dict[str, int]) -> int:
    """The request that a caller sends next: a few before the one whose answer it still waits for."""
    numbers = (int(title.split("-")[1]) for title in acknowledged if title.startswith(f"{caller}-"))
    return max(0, max(numbers, default=0) - 3)


@pytest.mark.stores("sqlite", "postgres")
def test_who_asks_again_after_a_crash_is_told_what_was_recorded_before_it(database: Database) -> None:
    moments = random.Random(20240821)
    acknowledged: dict[str, int] = {}
    unheard = 0
    for _ in range(KILLS):
        firsts = [next_of(caller, acknowledged) for caller in range(CALLERS)]
        told = killed_after(database, firsts, moments.uniform(0, LONGEST))
        assert all(acknowledged.get(title, position) == position for title, position in told.items())
        acknowledged |= told
        with closing(open_ledger(database, writing=False)) as ledger:
            there = {entry.position: entry.state.fact.title for entry in entries_in(ledger)}
            assert [problem.say("en") for check in examine(ledger) for problem in check.problems] == []
        assert [title for title, count in Counter(there.values()).items() if count > 1] == []
        assert all(there[position] == title for title, position in acknowledged.items())
        unheard += len(there) - len(acknowledged)
    assert unheard, "no kill fell between a commit and its acknowledgement: it shows nothing"
