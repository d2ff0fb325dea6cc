"""Group commit: callers who come at once share a commit, and each keeps an outcome of its own."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ImpossibleFactError, StaleCareerError
from domain.examination import examine
from domain.ledger import Ledger
from domain.stores import group
from domain.stores.appending import Appending
from domain.stores.group import Together
from domain.workers import WorkerKeys
from tests.ledger.queueing import Queue, appends, careers, in_store, row, until
from tests.ledger.saying import career_of, commended, entries_in, hired, resigned, said, told
from tests.ledger.shell import PATIENCE
from tests.running import KEY, NOW, Bench

pytestmark = pytest.mark.stores("sqlite", "postgres")


@pytest.fixture
def queue(bench: Bench) -> Iterator[Queue]:
    with closing(Queue(bench.ledger)) as queue:
        queue.hold()
        yield queue


def test_those_who_wait_share_one_commit_in_the_order_in_which_they_came(queue: Queue) -> None:
    calls = [queue.call(appends(row(career, 1)), career) for career in careers(8)]
    queue.release()
    assert [call.result(PATIENCE) for call in calls] == [[position] for position in range(1, 9)]
    assert queue.commits == 1
    assert in_store(queue.ledger.recorder) == [(place, career, 1) for place, career in enumerate(careers(8), 1)]


def test_callers_who_come_again_at_once_go_on_sharing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "PATIENCE_SECONDS", 0.2)
    with closing(Queue(bench.ledger)) as queue, ThreadPoolExecutor(8) as threads:

        def come_often(career: bytes) -> None:
            for number in range(1, 41):
                bench.ledger.recorder.together([career], appends(row(career, number)))

        list(threads.map(come_often, careers(8)))
    assert bench.ledger.recorder.max_notification_id() == 320
    assert queue.commits <= 80


def test_of_more_than_one_group_takes_the_others_are_the_next(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "MOST", 3)
    calls = [queue.call(appends(row(career, 1)), career) for career in careers(8)]
    queue.release()
    assert [call.result(PATIENCE) for call in calls] == [[position] for position in range(1, 9)]
    assert queue.commits == 3


def test_one_caller_does_not_wait_for_those_of_the_last_group_for_ever(queue: Queue) -> None:
    calls = [queue.call(appends(row(career, 1)), career) for career in careers(8)]
    queue.release()
    for call in calls:
        call.result(PATIENCE)
    first = careers(1)[0]
    assert queue.ledger.recorder.together([first], appends(row(first, 2))) == [9]


def test_each_keeps_its_own_outcome(queue: Queue) -> None:
    ledger = queue.ledger
    one, other, third = (career_of(ledger, f"B-{number}") for number in range(3))
    fine = queue.run(lambda: ledger.record(one, said(hired(), commended("2015-05-04")), author="clerk"))
    impossible = queue.run(lambda: ledger.record(other, said(hired(), resigned("2013-12-31")), author="clerk"))
    stale = queue.run(lambda: ledger.record(third, said(hired()), author="clerk", expected=4))
    nothing = queue.run(lambda: ledger.record(third, [], author="clerk"))
    last = queue.run(lambda: ledger.record(other, said(hired()), author="clerk"))
    queue.release()
    assert told(fine.result(PATIENCE)) == [(1, 1), (2, 2)]
    assert isinstance(impossible.exception(PATIENCE), ImpossibleFactError)
    assert isinstance(stale.exception(PATIENCE), StaleCareerError)
    assert nothing.result(PATIENCE) == []
    assert told(last.result(PATIENCE)) == [(3, 1)]
    assert entries_in(ledger) == [*fine.result(), *last.result()]
    assert queue.commits == 1


def test_the_second_of_a_career_sees_what_the_first_decided(queue: Queue) -> None:
    ledger, career = queue.ledger, career_of(queue.ledger)
    first = queue.run(lambda: ledger.record(career, said(hired()), author="clerk", expected=0))
    too_late = queue.run(lambda: ledger.record(career, said(hired()), author="another", expected=0))
    twice = queue.run(lambda: ledger.record(career, said(hired("2015-01-01")), author="another"))
    after = queue.run(lambda: ledger.record(career, said(resigned("2016-01-31")), author="clerk", expected=1))
    queue.release()
    assert told(first.result(PATIENCE)) == [(1, 1)]
    assert isinstance(too_late.exception(PATIENCE), StaleCareerError)
    refused = twice.exception(PATIENCE)
    assert isinstance(refused, ImpossibleFactError)
    assert (refused.number, refused.contradicts) == (2, 1)
    assert told(after.result(PATIENCE)) == [(2, 2)]
    assert queue.commits == 1


def test_who_raises_after_appending_has_appended_nothing(queue: Queue) -> None:
    career = careers(1)[0]

    def changes_its_mind(transaction: Appending) -> None:
        transaction.append([row(career, 2), row(career, 3)])
        raise LookupError

    calls = [queue.call(work, career) for work in (appends(row(career, 1)), changes_its_mind, appends(row(career, 2)))]
    queue.release()
    assert calls[0].result(PATIENCE) == [1]
    assert isinstance(calls[1].exception(PATIENCE), LookupError)
    assert calls[2].result(PATIENCE) == [2]
    assert in_store(queue.ledger.recorder) == [(1, career, 1), (2, career, 2)]


@pytest.mark.parametrize("numbers", [(1,), (3,), (2, 2), (2, 4)], ids=str)
def test_a_batch_whose_numbers_do_not_go_on_is_stale_and_leaves_no_part(queue: Queue, numbers: tuple[int, ...]) -> None:
    career, other = careers(2)

    def tries(transaction: Appending) -> list[int]:
        with pytest.raises(StaleCareerError):
            transaction.append([row(other, 1), *(row(career, number) for number in numbers)])
        return list(transaction.append([row(other, 1)]))

    calls = [queue.call(appends(row(career, 1)), career), queue.call(tries, career, other)]
    queue.release()
    assert [call.result(PATIENCE) for call in calls] == [[1], [2]]
    assert in_store(queue.ledger.recorder) == [(1, career, 1), (2, other, 1)]


def test_eventsourcings_own_door_leads_into_the_same_groups(queue: Queue) -> None:
    recorder = queue.ledger.recorder
    events = [StoredEvent(UUID(bytes=career), 1, "commended", b"{}") for career in careers(3)]
    calls = [queue.run(lambda event=event: recorder.insert_events([event])) for event in [*events, events[0]]]
    queue.release()
    assert [list(call.result(PATIENCE)) for call in calls[:3]] == [[1], [2], [3]]
    assert isinstance(calls[3].exception(PATIENCE), StaleCareerError)
    assert queue.commits == 1


def test_a_work_may_not_come_back_for_another_group(bench: Bench) -> None:
    recorder = bench.ledger.recorder
    with pytest.raises(AssertionError, match="transaction that it is given"):
        recorder.together([], lambda _: recorder.together([], appends()))
    assert recorder.together([], lambda transaction: transaction.head) == 0


# An import beside them


def test_callers_queue_behind_an_import_of_the_same_process_and_readers_go_on(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    with closing(Queue(ledger)) as queue:
        with ledger.appending() as transaction:
            call = queue._threads.submit(ledger.record, career, said(hired()), author="clerk")
            until(lambda: queue.group._leader is not None)
            transaction.append([row(careers(1)[0], 1, '{"recorded_at":"2026-01-01T00:00:00Z"}')])
            assert ledger.known().position == 0
        assert told(call.result(PATIENCE)) == [(2, 1)]


def test_an_import_gets_its_turn_among_callers_who_never_stop(bench: Bench) -> None:
    stop = threading.Event()

    def come_often(career: bytes) -> int:
        number = 0
        while not stop.is_set():
            number += 1
            bench.ledger.recorder.together([career], appends(row(career, number)))
        return number

    with ThreadPoolExecutor(4) as threads:
        counts = [threads.submit(come_often, career) for career in careers(4)]
        try:
            until(lambda: bench.ledger.recorder.max_notification_id() > 8)
            for _ in range(3):
                with bench.ledger.recorder.appending() as transaction:
                    assert transaction.head > 0
        finally:
            stop.set()
        appended = sum(count.result(PATIENCE) for count in counts)
    assert bench.ledger.recorder.max_notification_id() == appended


# Many at once


def test_what_every_caller_was_told_is_what_is_stored(bench: Bench) -> None:
    ledger = bench.ledger

    def clerk(number: int) -> list[Any]:
        """Records in a career of one's own and in one that all share; some of it is refused."""
        recorded = []
        for day in range(1, 13):
            mine = career_of(ledger, f"B-{number}" if day % 2 else "everyone's")
            recorded += ledger.record(mine, said(commended(f"2015-05-{day:02}", f"{number}")), author="clerk")
            with pytest.raises(ImpossibleFactError):
                ledger.record(mine, said(commended("2015-06-01"), resigned("2013-12-31")), author="clerk")
        return recorded

    with ThreadPoolExecutor(8) as threads:
        recorded = [entry for entries in threads.map(clerk, range(8)) for entry in entries]
    assert sorted(recorded, key=lambda entry: entry.position) == entries_in(ledger)
    assert not [problem.say("en") for check in examine(ledger) for problem in check.problems]


# Groups against one by one


class Plan(NamedTuple):
    """What a caller does: how many rows it appends to which career, whether one is taken, whether it then gives up."""

    career: int
    rows: int
    taken: bool
    gives_up: bool

    def work(self, transaction: Appending) -> Any:
        """Look, append, look again."""
        career = careers(3)[self.career]
        before = self.seen(transaction, career)
        if transaction.key_check() is None:
            transaction.remember_key(b"whoever was first")
        last = transaction.last_number(career)
        first = last if self.taken and last else last + 1
        positions = transaction.append([row(career, first + place, str(self)) for place in range(self.rows)])
        if self.gives_up:
            raise LookupError(before, positions, self.seen(transaction, career))
        return before, positions, self.seen(transaction, career)

    @staticmethod
    def seen(transaction: Appending, career: bytes) -> tuple[Any, ...]:
        head = transaction.head
        looked_at = [transaction.row_at(position) for position in (1, head // 2, head, head + 1)]
        return head, list(transaction.rows(career)), transaction.last_number(career), looked_at, transaction.key_check()


def outcome(plan: Plan, transaction: Appending) -> tuple[Any, ...]:
    try:
        return "done", plan.work(transaction)
    except (LookupError, StaleCareerError) as error:
        return type(error), error.args if isinstance(error, LookupError) else ()


def in_one_group(ledger: Ledger, plans: list[Plan]) -> Iterator[tuple[Any, ...]]:
    with ledger.recorder.appending() as stored:
        together = Together(stored)
        for plan in plans:
            found = outcome(plan, together)
            together.keep() if found[0] == "done" else together.forget()
            yield found
        together.write()


def one_by_one(ledger: Ledger, plans: list[Plan]) -> Iterator[tuple[Any, ...]]:
    for plan in plans:
        try:
            with ledger.recorder.appending() as transaction:
                found = outcome(plan, transaction)
                if found[0] != "done":
                    raise InterruptedError
        except InterruptedError:
            pass
        yield found


plans = st.lists(st.builds(Plan, st.integers(0, 2), st.integers(0, 3), *[st.sampled_from([False, False, True])] * 2))


def in_memory() -> Ledger:
    return Ledger("sqlite:///:memory:", workers=WorkerKeys(KEY), now=lambda: NOW, writing=True)


@given(groups=st.lists(plans, max_size=4))
def test_a_group_comes_to_the_same_as_one_caller_after_another(groups: list[list[Plan]]) -> None:
    with closing(in_memory()) as shared, closing(in_memory()) as plain:
        for together in groups:
            assert list(in_one_group(shared, together)) == list(one_by_one(plain, together))
            assert in_store(shared.recorder) == in_store(plain.recorder)
            assert shared.recorder.key_check() == plain.recorder.key_check()
