"""A process that logs is killed at any moment: every number that it acknowledged is there, and nothing by halves."""

import random
import signal
import subprocess
from time import sleep

import pytest

from api.office.opening import office_of
from tests.ledger.shell import script, start
from tests.office.desk import PATIENCE, answered, disclosures_in, numbers_in, told
from tests.running import Database, url_of

KILLS = 12
LONGEST = 0.12
"""Most seconds between the first acknowledgement and the kill."""

DESKS = """
import asyncio
import os
import sys
from api.office.opening import office_of
from api.office.waiting import LoopLog
from tests.office.desk import answered

async def come_often(log, desk):
    for number in range(1_000_000):
        told = await log.log(answered(*range(desk % 4), request=f"{sys.argv[2]}-{desk}-{number}"))
        os.write(1, f"{told} {sys.argv[2]}-{desk}-{number}\\n".encode())

async def desks():
    log = LoopLog(office_of(sys.argv[1]).log)
    await asyncio.gather(*(come_often(log, desk) for desk in range(16)))

asyncio.run(desks())
"""


def killed_after(database: Database, run: int, seconds: float) -> dict[int, str]:
    """Let desks ask until their process is killed; answers with the requests that it acknowledged, by number."""
    with start(script(DESKS, url_of(database), run), stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    whole = [line.decode().split() for line in lines if line.endswith(b"\n")]
    return {int(number): request for number, request in whole}


@pytest.mark.stores("sqlite", "postgres")
def test_whatever_was_acknowledged_before_a_kill_is_there_after_it(database: Database) -> None:
    moments = random.Random(20240821)
    acknowledged: dict[int, str] = {}
    for run in range(KILLS):
        heard = killed_after(database, run, moments.uniform(0, LONGEST))
        assert heard
        assert not acknowledged.keys() & heard.keys()
        acknowledged |= heard
        office = office_of(url_of(database))  # On a server, this waits for what the killed one was about to commit.
        office.log.check()
        office.close()
        there = dict(told(database, "SELECT number, request FROM answers"))
        assert acknowledged.items() <= there.items()
        assert numbers_in(database) == list(range(1, len(there) + 1))
        found = dict.fromkeys(there, 0)
        for _, number in disclosures_in(database):
            found[number] += 1
        assert found == {number: int(request.split("-")[1]) % 4 for number, request in there.items()}
    office = office_of(url_of(database))
    assert office.log.submit(answered(1)).result(PATIENCE) == len(there) + 1
    office.close()
