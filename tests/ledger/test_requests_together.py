"""Requests of many callers at once: in threads, in one group, in one transaction."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from typing import Any

import pytest

from domain.entry import Entry
from domain.errors import ImpossibleFactError, ReusedKeyError
from domain.line import Said
from domain.stores.appending import Appending
from domain.stores.rows import Remembered
from tests.ledger.queueing import Queue, appends, careers, row
from tests.ledger.saying import career_of, commended, entries_in, hired, resigned, said, told
from tests.ledger.shell import PATIENCE
from tests.ledger.test_requests import request
from tests.running import Bench

pytestmark = pytest.mark.stores("sqlite", "postgres")


@pytest.fixture
def queue(bench: Bench) -> Iterator[Queue]:
    with closing(Queue(bench.ledger)) as queue:
        queue.hold()
        yield queue


def test_of_those_who_send_it_at_once_one_records_and_all_are_told_the_same(bench: Bench) -> None:
    ledger = bench.ledger

    def send(caller: int) -> list[Entry]:
        """Sixteen callers, four for each of four requests, and each request for a career that all of them write."""
        kind = caller % 4
        facts = said(commended("2015-05-04", f"no. {kind}"), commended("2015-05-05", f"no. {kind}"))
        return ledger.record(career_of(ledger), facts, author="clerk", request=request(kind + 1))

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(send, range(16)))
    for kind in range(4):
        assert all(answer == answers[kind] for answer in answers[kind::4])
    recorded = sorted((entry for answer in answers[:4] for entry in answer), key=lambda entry: entry.position)
    assert recorded == entries_in(ledger)
    assert len(recorded) == 8


def test_in_one_group_the_second_is_told_what_the_first_decided(queue: Queue) -> None:
    ledger, career = queue.ledger, career_of(queue.ledger)

    def send(facts: list[Said], content: int = 1, expected: int | None = None) -> Future[Any]:
        sent = request(content=content)
        return queue.run(lambda: ledger.record(career, facts, author="c", expected=expected, request=sent))

    impossible = send(said(hired(), resigned("2013-12-31")))
    first, again = send(said(hired()), expected=0), send(said(hired()), expected=0)
    other = send(said(commended("2015-05-04")), content=2)
    queue.release()
    assert isinstance(impossible.exception(PATIENCE), ImpossibleFactError)
    assert told(first.result(PATIENCE)) == [(1, 1)]
    assert again.result(PATIENCE) == first.result()
    assert isinstance(other.exception(PATIENCE), ReusedKeyError)
    assert queue.commits == 1
    assert entries_in(ledger) == first.result()


def test_a_request_shares_its_commit_with_callers_of_eventsourcings_own_door(queue: Queue) -> None:
    """Of whose careers only the last numbers are read."""
    ledger = queue.ledger
    (other,) = careers(1)
    calls = [
        queue.run(lambda: ledger.record(career_of(ledger), said(hired()), author="c", request=request()))
        for _ in range(2)
    ]
    plain = queue.run(lambda: ledger.recorder.together([other], appends(row(other, 1)), whole=False))
    queue.release()
    assert plain.result(PATIENCE) == [2]
    assert [told(call.result(PATIENCE)) for call in calls] == [[(1, 1)], [(1, 1)]]
    assert queue.commits == 1


def remembering(key: int, then: Callable[[], object]) -> Callable[[Appending], object]:
    """A work that remembers a request, looks at it, and does something else."""
    one = Remembered(bytes([key]) * 16, bytes(16), bytes(16), 1, 0)

    def work(transaction: Appending) -> object:
        before = transaction.remembered(one.key)
        transaction.remember([one])
        assert transaction.remembered(one.key) == one
        then()
        return before

    return work


def test_what_is_remembered_goes_with_the_work_that_raises(queue: Queue) -> None:
    plan = [(1, lambda: 1 / 0), (1, bool), (1, bool), (2, lambda: 1 / 0), (2, bool)]
    calls = [queue.call(remembering(key, then)) for key, then in plan]
    queue.release()
    seen = [call.exception(PATIENCE) or call.result() for call in calls]
    assert [isinstance(one, ZeroDivisionError) for one in seen] == [True, False, False, True, False]
    assert [seen[1], seen[4]] == [None, None]
    assert seen[2] == Remembered(bytes([1]) * 16, bytes(16), bytes(16), 1, 0)


def test_what_is_remembered_goes_with_a_transaction_that_fails(bench: Bench) -> None:
    for then, before in ((lambda: 1 / 0, None), (bool, None)):
        with suppress(ZeroDivisionError), bench.ledger.appending() as transaction:
            assert remembering(1, then)(transaction) is before
    with bench.ledger.appending() as transaction:
        assert transaction.remembered(bytes([1]) * 16) is not None
        assert transaction.remembered(bytes([2]) * 16) is None


def test_more_requests_than_one_statement_quotes_at_a_time(queue: Queue) -> None:
    ledger = queue.ledger

    def send(key: int) -> list[Entry]:
        return ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk", request=request(key))

    calls = [queue.run(lambda key=key: send(key)) for key in range(1, 12)]
    queue.release()
    answers = [call.result(PATIENCE) for call in calls]
    assert queue.commits == 1
    assert [send(key) for key in range(1, 12)] == answers
    assert ledger.known().position == 11
