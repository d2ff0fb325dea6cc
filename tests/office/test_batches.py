"""One thread writes all that waits at once: what shares a commit, and what becomes of it when the commit fails."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import get_ident
from typing import Any

import pytest

from api.office import writer
from api.office.errors import LogCrowdedError
from api.office.log import AccessLog
from api.office.sqlite_store import SqliteStore
from api.office.waiting import LoopLog
from api.office.writer import Result
from domain.errors import LedgerBusyError, StoreError, StoreFullError
from domain.words import Phrase
from tests.office.desk import PATIENCE, Door, answered, failure_of

BROKEN = StoreFullError(Phrase("磁盘已满", "the disk is full")())


@pytest.fixture
def door() -> Iterator[Door]:
    with closing(Door(SqliteStore(None))) as store:
        yield store


@pytest.fixture
def log(door: Door) -> Iterator[AccessLog]:
    with closing(AccessLog(door)) as opened:
        yield opened


def numbers(log: AccessLog) -> list[int]:
    return [record.number for record in log.page(limit=10_000).records]


def test_what_comes_while_a_batch_is_written_shares_the_next_one(door: Door, log: AccessLog) -> None:
    with door.held():
        first = log.submit(answered(1))
        assert door.arrived.wait(PATIENCE)
        rest = [log.submit(answered(place)) for place in range(50)]
        assert not first.done()
    assert [future.result(PATIENCE) for future in (first, *rest)] == list(range(1, 52))
    assert door.batches == [1, 50]


def test_a_batch_takes_so_many_records_that_the_first_does_not_wait_for_long(
    door: Door, log: AccessLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_AT_ONCE", 10)
    with door.held():
        log.submit(answered())
        assert door.arrived.wait(PATIENCE)
        futures = [log.submit(answered(*range(size))) for size in (4, 5, 0, 1, 40, 3, 7, 1)]
    assert [future.result(PATIENCE) for future in futures] == list(range(2, 10))
    assert door.batches == [1, 3, 1, 1, 2, 1]


def test_a_batch_that_fails_is_its_members_failure_and_the_next_is_written(door: Door, log: AccessLog) -> None:
    before = log.submit(answered(1)).result(PATIENCE)
    with door.held():
        door.broken = BROKEN
        first = log.submit(answered(2))
        assert door.arrived.wait(PATIENCE)
        second, third = log.submit(answered(3)), log.submit(answered(4))
    errors = [failure_of(future) for future in (first, second, third)]
    assert {(type(error), error.say("en")) for error in errors} == {(StoreFullError, "the disk is full")}
    assert len(set(map(id, errors))) == 3
    with pytest.raises(StoreFullError):
        log.check()
    door.broken = None
    log.check()
    assert (before, log.submit(answered(5)).result(PATIENCE)) == (1, 2)
    assert numbers(log) == [1, 2]


def test_an_error_that_nobody_foresaw_is_told_without_its_words_and_the_log_goes_on(door: Door, log: AccessLog) -> None:
    door.broken = ZeroDivisionError("张三")
    error = failure_of(log.submit(answered(1)))
    assert "ZeroDivisionError" in error.say("en")
    assert "张三" not in error.say("zh")
    door.broken = None
    assert log.submit(answered(2)).result(PATIENCE) == 1


def test_when_too_many_wait_the_next_is_told_so_at_once(
    door: Door, log: AccessLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 10)
    with door.held():
        taken = [log.submit(answered())]
        assert door.arrived.wait(PATIENCE)
        taken += [log.submit(answered(*range(size))) for size in (6, 0, 3)]
        for refused in (answered(), answered(1), answered(1, 2)):
            with pytest.raises(LogCrowdedError, match=r"\(3\) and nothing was stored"):
                log.submit(refused)
        with pytest.raises(LogCrowdedError):
            log.check()
    assert [future.result(PATIENCE) for future in taken] == [1, 2, 3, 4]
    assert log.submit(answered(*range(50))).result(PATIENCE) == 5  # Alone it may be as large as it is.


def test_a_check_does_not_wait_for_ever(door: Door, log: AccessLog) -> None:
    with door.held(), pytest.raises(LedgerBusyError, match="come to a halt"):
        log.check(patience=0.05)
    log.check()
    assert numbers(log) == []


def test_who_came_often_is_told_once_a_batch_of_what_is_theirs_alone(door: Door, log: AccessLog) -> None:
    heard: list[tuple[str, int, list[tuple[Any, Result]]]] = []

    def hearing(name: str) -> Callable[[list[tuple[Any, Result]]], object]:
        return lambda results: heard.append((name, get_ident(), results))

    one, other = hearing("one"), hearing("other")
    with door.held():
        log.enter(answered(1), "a", one)
        assert door.arrived.wait(PATIENCE)
        for token, told in (("b", one), ("c", other), ("d", one)):
            log.enter(answered(2), token, told)
    log.check()
    assert [(name, results) for name, _, results in heard] == [
        ("one", [("a", 1)]),
        ("one", [("b", 2), ("d", 4)]),
        ("other", [("c", 3)]),
    ]
    assert get_ident() not in {thread for _, thread, _ in heard}


def test_who_cannot_be_told_keeps_nobody_else_from_it(door: Door, log: AccessLog) -> None:
    def fails(_: list[tuple[Any, Result]]) -> None:
        raise RuntimeError

    with door.held():
        log.enter(answered(1), None, fails)
        assert door.arrived.wait(PATIENCE)
        log.enter(answered(1), None, fails)
        future = log.submit(answered(1))
    assert future.result(PATIENCE) == 3


def test_a_future_that_was_cancelled_is_logged_all_the_same(door: Door, log: AccessLog) -> None:
    with door.held():
        first = log.submit(answered(1))
        assert door.arrived.wait(PATIENCE)
        second, third = log.submit(answered(2)), log.submit(answered(3))
        assert second.cancel()
    assert [first.result(PATIENCE), third.result(PATIENCE)] == [1, 3]
    assert numbers(log) == [1, 2, 3]


def test_an_event_loop_is_woken_once_a_batch(door: Door, log: AccessLog, monkeypatch: pytest.MonkeyPatch) -> None:
    async def tasks() -> tuple[list[int], int]:
        waiting, loop, woken = LoopLog(log), asyncio.get_running_loop(), 0
        wake = loop.call_soon_threadsafe

        def counted(*words: Any) -> Any:
            nonlocal woken
            woken += 1
            return wake(*words)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        with door.held():
            first = asyncio.create_task(waiting.log(answered(1)))
            await asyncio.sleep(0)
            assert door.arrived.wait(PATIENCE)
            rest = [asyncio.create_task(waiting.log(answered(place))) for place in range(40)]
            await asyncio.sleep(0)
            rest[7].cancel()
        return [await task for task in (first, *rest) if task is not rest[7]], woken

    got, woken = asyncio.run(tasks())
    assert got == [number for number in range(1, 42) if number != 9]
    assert (woken, door.batches) == (2, [1, 40])
    assert numbers(log) == list(range(1, 42))


def test_a_task_is_told_why_nothing_was_logged(door: Door, log: AccessLog) -> None:
    async def fails() -> None:
        waiting = LoopLog(log)
        await waiting.check()
        door.broken = BROKEN
        for attempt in (waiting.log(answered(1)), waiting.check()):
            with pytest.raises(StoreError, match="the disk is full"):
                await attempt

    asyncio.run(fails())


def test_a_loop_that_has_ended_is_not_waited_for(door: Door, log: AccessLog) -> None:
    async def leaves() -> None:
        task = asyncio.create_task(LoopLog(log).log(answered(1)))
        await asyncio.sleep(0)
        assert door.arrived.wait(PATIENCE)
        task.cancel()

    with door.held():
        asyncio.run(leaves())
    assert log.submit(answered(2)).result(PATIENCE) == 2
