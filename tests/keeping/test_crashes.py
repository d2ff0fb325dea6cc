"""A process that is killed while it catches up or rebuilds leaves tables that are true, and the next one goes on."""

import os
import signal
import time
from random import Random

import pytest

from domain.errors import LedgerBusyError
from projections.keeping.definitions import TABLES
from projections.keeping.keeper import Keeper
from projections.keeping.shelf import Shelf
from tests.given import assessed, hired, resigned
from tests.keeping.following import STEM, heard, running, tell
from tests.keeping.ground import PATIENCE, Ground, append, assert_true, career, differences, numbers

pytestmark = pytest.mark.stores("sqlite", "postgres")

POINTS = [
    *[("catch_up", name, 1) for name in ("remove", "load", "park", "advance")],
    ("catch_up", "load", 2),
    ("catch_up", "advance", len(TABLES)),
    *[("rebuild", name, 1) for name in ("begin", "load", "park", "index", "switch", "drop")],
    *[("rebuild_two", name, 1) for name in ("remove", "advance", "switch", "drop")],
    ("rebuild", "begin", len(TABLES)),
    ("rebuild", "load", 2 * len(TABLES)),
    ("rebuild", "switch", len(TABLES)),
    ("rebuild", "drop", 2),
]
"""What is done, and at which call of which method the process is killed."""


def filled(ground: Ground) -> None:
    with ground.opened() as (ledger, _, keeper):
        append(ledger, [(career(place), hired(f"2018-03-{place:02}")) for place in range(1, 7)])
        append(ledger, [(career(1), assessed(2020)), (career(2), resigned("2024-05-31"))])
        keeper.refresh()


def rebuilt(keeper: Keeper) -> None:
    """Rebuild as soon as a server has noticed that its client is gone."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            keeper.rebuild(TABLES)
        except LedgerBusyError:
            assert time.monotonic() < until
            time.sleep(0.02)
        else:
            return


def generations(shelf: Shelf) -> dict[str, int]:
    """How many generations of each table there are."""
    with shelf.changing() as change:
        names = [one.name for one in change.generations()]
    return {name: names.count(name) for name in names}


def test_killed_at_any_point_the_tables_are_true_and_the_next_goes_on(ground: Ground) -> None:
    filled(ground)
    with running(STEM, ground.url) as stem, ground.opened(writing=False) as (ledger, shelf, keeper):
        for deed, name, count in POINTS:
            if name == "drop":
                rebuilt(keeper)  # So that nothing is left over that would be dropped first.
            before = numbers(shelf)
            tell(stem, f"{deed} {name} {count}")
            assert (heard(stem) != "", heard(stem)) == (True, "9"), (deed, name, count)
            assert differences(ledger, shelf) == [], (deed, name, count)
            assert (numbers(shelf) != before) == (name == "drop"), (deed, name, count)
            keeper.refresh()
            assert_true(ledger, shelf)
        rebuilt(keeper)
        assert_true(ledger, shelf)
        assert generations(shelf) == dict.fromkeys(generations(shelf), 1)


def test_killed_at_any_moment_the_tables_are_true(ground: Ground) -> None:
    filled(ground)
    random = Random(7)
    with running(STEM, ground.url) as stem, ground.opened(writing=False) as (ledger, shelf, keeper):
        for deed in ("catch_up", "rebuild") * 4:
            tell(stem, f"{deed} any 0")
            child = int(heard(stem))
            time.sleep(random.uniform(0.02, 0.3))
            os.kill(child, signal.SIGKILL)
            assert heard(stem) == "9"
            assert differences(ledger, shelf) == []
            keeper.refresh()
            assert_true(ledger, shelf)
        rebuilt(keeper)
        assert_true(ledger, shelf)
        assert set(generations(shelf).values()) == {1}
