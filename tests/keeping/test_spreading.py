"""Work that is spread over processes: its order, its errors, and its end."""

import os
import pickle
import signal
import time
from itertools import pairwise
from pathlib import Path

import pytest

from domain.errors import ImpossibleFactError, LedgerBusyError, LedgerError, ReadOnlyStoreError
from domain.stores.failures import BUSY, READ_ONLY
from projections.keeping import spreading
from projections.keeping.spreading import ranges, spread
from tests.keeping.following import heard, running
from tests.keeping.ground import PATIENCE

PARENT = """
from os import getpid
from tests.keeping import test_spreading as work
from projections.keeping.spreading import spread

if __name__ == "__main__":
    for place, child in spread(work.nothing, (), work.slow, range(100), 2):
        print(child, flush=True)
"""
"""Says which processes work for it."""


RUN = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
"""As from a file: the processes that it starts read the file too."""


def nothing() -> None:
    """There is nothing to begin with."""


def squared(number: int) -> int:
    time.sleep((number % 3) / 100)
    return number * number


def slow(number: int) -> tuple[int, int]:
    time.sleep(0.05)
    return number, os.getpid()


def refused(number: int) -> int:
    if number == 2:
        raise LedgerBusyError(BUSY(path="the place"))
    if number == 3:
        raise ZeroDivisionError
    return number


def test_ranges_are_all_careers_each_once() -> None:
    for facts in (0, 1, spreading.A_PIECE, 10 * spreading.A_PIECE + 7):
        found = ranges(facts)
        assert found[0].first == bytes(16)
        assert found[-1].last == b"\xff" * 16
        for before, after in pairwise(found):
            assert int.from_bytes(before.last, "big") + 1 == int.from_bytes(after.first, "big")
    assert len(ranges(10 * spreading.A_PIECE + 7)) == 10


def test_results_come_in_the_order_of_the_pieces_and_an_error_as_what_it_was() -> None:
    assert list(spread(nothing, (), squared, range(12), 2)) == [number * number for number in range(12)]
    results = spread(nothing, (), refused, range(4), 2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(LedgerBusyError) as raised:
        next(results)
    assert raised.value.say("zh") == BUSY(path="the place").say("zh")
    with pytest.raises(ZeroDivisionError):
        list(spread(nothing, (), refused, [3], 1))


@pytest.mark.parametrize(
    "error",
    [
        ReadOnlyStoreError(READ_ONLY(path="x")),
        ImpossibleFactError(READ_ONLY(path="x"), number=3, contradicts=None),
    ],
)
def test_an_error_is_the_same_in_another_process(error: LedgerError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.args, again.say("zh")) == (type(error), error.args, error.say("zh"))
    assert getattr(again, "number", None) == getattr(error, "number", None)


def test_the_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_text(PARENT)
    with running(RUN, main) as parent:
        children = {int(heard(parent)) for _ in range(6)}
        os.kill(parent.pid, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while any(is_there(child) for child in children):
            assert time.monotonic() < until, "they go on for nobody"
            time.sleep(0.02)


def is_there(process: int) -> bool:
    """Whether it runs; one that ended and that nobody has asked about is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
