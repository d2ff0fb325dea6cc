"""Following: what is recorded is kept soon after, and a signal that is lost only delays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Event, Thread
from time import sleep

import pytest

from domain.ledger import Ledger
from domain.stores.postgres.waiting import Signals
from domain.stores.recorder import POLL_SECONDS
from projections.keeping import following
from projections.keeping.following import follow
from projections.keeping.keeper import Keeper
from tests.given import assessed, hired
from tests.keeping.following import FOLLOWER, hear_until, running
from tests.keeping.ground import PATIENCE, Ground, append, assert_true, career, keeper_of
from tests.keeping.test_definitions import NEXT_YEAR

pytestmark = pytest.mark.stores("sqlite", "postgres")

FIRST = [(career(1), hired("2018-03-01"))]
LATER = [(career(1), assessed(2020))]


@contextmanager
def followed(ledger: Ledger, keeper: Keeper) -> Iterator[Callable[[float], int]]:
    """Follow in a thread; gives the next position that has been caught up to, within some seconds."""
    over, positions, ended = Event(), Queue[int](), Queue[BaseException | None]()

    def live() -> None:
        try:
            follow(ledger, keeper, positions.put, stopped=over.is_set)
        except BaseException as error:
            ended.put(error)
        else:
            ended.put(None)

    thread = Thread(target=live)
    thread.start()
    yield lambda seconds: positions.get(timeout=seconds)
    over.set()
    assert ended.get(timeout=PATIENCE) is None
    thread.join()


def test_what_is_recorded_in_the_same_process_is_kept_without_waiting_for_the_poll(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 2 * PATIENCE)
    with ground.opened() as (ledger, shelf, keeper), followed(ledger, keeper) as caught_up:
        assert caught_up(PATIENCE) == 0
        for position in range(1, 4):
            append(ledger, FIRST)
            assert caught_up(PATIENCE) == position
            assert {one.position for one in shelf.current()} == {position}
        monkeypatch.setattr(following, "POLL_SECONDS", 0.1)
        append(ledger, LATER)
        assert caught_up(PATIENCE) == 4
        assert_true(ledger, shelf)


def test_what_another_process_records_is_kept(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, _):
        append(ledger, FIRST)
        with running(FOLLOWER, ground.url) as follower:
            hear_until(follower, 1)
            append(ledger, LATER)
            hear_until(follower, 2)
            assert_true(ledger, shelf)


def test_a_lost_signal_only_delays(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.2)
    with ground.opened() as (ledger, shelf, keeper):
        silence(ledger, monkeypatch)
        with followed(ledger, keeper) as caught_up:
            assert caught_up(PATIENCE) == 0
            append(ledger, FIRST)
            assert caught_up(PATIENCE) == 1
            assert_true(ledger, shelf)


def silence(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    """Nobody hears that something was written, in this process or from the server."""
    written = getattr(ledger.recorder, "_written", None)
    if written is not None:
        patch.setattr(written, "notify_all", lambda: None)
    patch.setattr(Signals, "_listen", lambda signals, seconds: sleep(seconds))


def test_it_looks_often_enough_whatever_the_signals_do() -> None:
    assert POLL_SECONDS <= 1


def test_at_the_turn_of_the_year_it_judges_another_year_though_nothing_is_recorded(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POLL_SECONDS", 0.05)
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        with followed(ledger, keeper) as caught_up:
            assert caught_up(PATIENCE) == 1
            with pytest.raises(Empty):
                caught_up(0.2)
            monkeypatch.setattr(keeper, "_today", lambda: NEXT_YEAR)
            assert caught_up(PATIENCE) == 1
            assert_true(ledger, shelf, NEXT_YEAR)
            with pytest.raises(Empty):
                caught_up(0.2)


def test_it_stops_when_it_is_told_to(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, _):
        told: list[int] = []
        follow(ledger, keeper_of(ledger, shelf), told.append, stopped=lambda: True)
        assert told == [0]
