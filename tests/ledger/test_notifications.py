"""The ledger as eventsourcing's readers see it: its notification log and its recorder give the same entries."""

from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from domain.entry import Entry
from domain.errors import StaleCareerError
from domain.ledger import Ledger
from tests.ledger.saying import SOMEBODY_ELSE, career_of, commended, entries_in, hired, resigned, said
from tests.running import Bench

pytestmark = pytest.mark.stores("sqlite", "postgres")


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    one, other = career_of(bench.ledger), career_of(bench.ledger, SOMEBODY_ELSE)
    for career, fact in (
        (one, hired()),
        (other, hired()),
        (one, commended("2015-05-04")),
        (other, resigned("2016-01-31")),
        (one, resigned("2017-01-31")),
    ):
        bench.ledger.record(career, said(fact), author="clerk")
    return bench.ledger


def entries(ledger: Ledger, notifications: Any) -> list[Entry]:
    return [ledger.mapper.to_domain_event(one) for one in notifications]


def test_the_notification_log_gives_every_entry_in_order(ledger: Ledger) -> None:
    assert entries(ledger, ledger.notification_log.select(start=1, limit=10)) == entries_in(ledger)


def test_the_notification_log_is_read_in_parts(ledger: Ledger) -> None:
    parts = [*ledger.notification_log.select(start=1, limit=2), *ledger.notification_log.select(start=3, limit=3)]
    assert entries(ledger, parts) == entries_in(ledger)


def test_notifications_start_after_stop_and_are_chosen_by_topic(ledger: Ledger) -> None:
    recorder = ledger.recorder

    def ids(*given: Any, **named: Any) -> list[int]:
        return [one.id for one in recorder.select_notifications(*given, **named)]

    assert ids(2, 10, inclusive_of_start=False) == [3, 4, 5]
    assert ids(2, 10, stop=4) == [2, 3, 4]
    assert ids(None, 2) == [1, 2]
    assert ids(1, 10, topics=["hired", "resigned"]) == [1, 2, 4, 5]
    assert ids(6, 10) == []
    assert recorder.max_notification_id() == 5


@pytest.mark.parametrize(
    ("bounds", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"gt": 1}, [2, 3]),
        ({"lte": 2}, [1, 2]),
        ({"gt": 1, "lte": 2}, [2]),
        ({"desc": True}, [3, 2, 1]),
        ({"desc": True, "limit": 1}, [3]),
        ({"gt": 0, "limit": 2}, [1, 2]),
        ({"limit": 0}, []),
        ({"lte": 0}, []),
        ({"gt": 3}, []),
    ],
)
def test_the_events_of_a_career_are_chosen_by_number(ledger: Ledger, bounds: Any, numbers: list[int]) -> None:
    events = ledger.recorder.select_events(career_of(ledger), **bounds)
    assert [event.originator_version for event in events] == numbers
    known = {entry.number: entry for entry in ledger.entries(career_of(ledger), ledger.known())}
    assert entries(ledger, events) == [known[number] for number in numbers]


def test_an_entry_goes_to_a_stored_event_and_back(ledger: Ledger) -> None:
    for entry, event in zip(entries_in(ledger), ledger.recorder.select_notifications(1, 10), strict=True):
        made = ledger.mapper.to_stored_event(entry)
        assert (made.originator_id, made.originator_version, made.topic, made.state) == (
            event.originator_id,
            event.originator_version,
            event.topic,
            event.state,
        )


def test_events_inserted_by_the_recorder_get_the_next_positions_or_conflict(ledger: Ledger) -> None:
    state = ledger.recorder.select_notifications(3, 1)[0].state
    career = career_of(ledger)
    assert ledger.recorder.insert_events([StoredEvent(career, 4, "commended", state)]) == range(6, 7)
    with pytest.raises(StaleCareerError):
        ledger.recorder.insert_events(
            [StoredEvent(career, 5, "commended", state), StoredEvent(career, 4, "commended", state)]
        )
    assert ledger.known().position == 6
    assert ledger.recorder.max_notification_id() == 6
