"""A request that comes again: recorded once, and answered as it was the first time."""

from collections.abc import Sequence
from contextlib import closing

import pytest

from domain.entry import Entry
from domain.errors import (
    DamagedEntryError,
    ImpossibleFactError,
    MalformedError,
    ReadOnlyStoreError,
    ReusedKeyError,
    StaleCareerError,
)
from domain.requests import Request
from tests.ledger.saying import (
    SOMEBODY_ELSE,
    career_of,
    commended,
    corrected,
    entries_in,
    hired,
    resigned,
    said,
    tampered,
    told,
)
from tests.running import Bench, Database, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")


def request(key: int = 1, content: int = 1) -> Request:
    return Request(bytes([key]) * 16, bytes([content]) * 32)


def test_the_same_request_again_answers_with_what_it_recorded_and_stores_nothing(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired()), author="clerk")
    first = ledger.record(career, said(commended("2015-05-04"), commended("2015-05-05")), author="c", request=request())
    ledger.record(career, said(commended("2016-05-04")), author="clerk")
    again = ledger.record(career, said(commended("2015-05-04"), commended("2015-05-05")), author="c", request=request())
    assert again == first
    assert told(again) == [(2, 2), (3, 3)]
    assert ledger.known().position == 4


def test_it_is_still_known_after_the_ledger_was_closed(database: Database) -> None:
    answers = []
    for _ in range(2):
        with closing(open_ledger(database)) as ledger:
            answers.append(ledger.record(career_of(ledger), said(hired()), author="clerk", request=request()))
    assert answers[0] == answers[1]
    with closing(open_ledger(database, writing=False)) as ledger:
        assert entries_in(ledger) == answers[0]


def test_what_the_author_had_seen_is_not_asked_again(bench: Bench) -> None:
    career = career_of(bench.ledger)
    answers = [
        bench.ledger.record(career, said(hired()), author="clerk", expected=0, request=request()) for _ in range(2)
    ]
    assert answers[0] == answers[1] == entries_in(bench.ledger)


def test_what_would_be_impossible_by_now_is_answered_as_it_was(bench: Bench) -> None:
    """The entry has been corrected since, and the career would not take it a second time."""
    ledger, career = bench.ledger, career_of(bench.ledger)
    first = ledger.record(career, said(hired("2014-09-01")), author="clerk", request=request())
    ledger.record(career, said(corrected(1, hired("2014-10-01"))), author="clerk")
    assert ledger.record(career, said(hired("2014-09-01")), author="clerk", request=request()) == first


@pytest.mark.parametrize("other", ["content", "career"])
def test_its_key_with_another_question_is_refused(bench: Bench, other: str) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    first = ledger.record(career, said(hired()), author="clerk", request=request())
    changed = request(content=2) if other == "content" else request()
    of = career if other == "content" else career_of(ledger, SOMEBODY_ELSE)
    with pytest.raises(ReusedKeyError, match="new key") as refused:
        ledger.record(of, said(commended("2015-05-04")), author="clerk", request=changed)
    assert "Idempotency-Key" in refused.value.say("zh")
    assert entries_in(ledger) == first
    assert ledger.record(career, said(hired()), author="clerk", request=request()) == first


def test_requests_with_other_keys_are_recorded_each(bench: Bench) -> None:
    career = career_of(bench.ledger)
    for key in (1, 2):
        bench.ledger.record(career, said(commended("2015-05-04")), author="clerk", request=request(key))
    bench.ledger.record(career, said(commended("2015-05-04")), author="clerk")
    assert told(entries_in(bench.ledger)) == [(1, 1), (2, 2), (3, 3)]


def test_of_a_refused_request_nothing_is_remembered(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    for facts, expected, kind in (
        (said(hired(), resigned("2013-12-31")), None, ImpossibleFactError),
        (said(hired("2099-01-01")), None, MalformedError),
        (said(hired()), 4, StaleCareerError),
    ):
        with pytest.raises(kind):
            ledger.record(career, facts, author="clerk", expected=expected, request=request())
    assert told(ledger.record(career, said(hired()), author="clerk", request=request(content=2))) == [(1, 1)]


def test_a_request_in_which_nothing_was_said_is_remembered_too(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired()), author="clerk")
    for _ in range(2):
        assert ledger.record(career, [], author="clerk", request=request()) == []
    with pytest.raises(ReusedKeyError):
        ledger.record(career, said(commended("2015-05-04")), author="clerk", request=request(content=2))
    assert ledger.known().position == 1


@pytest.mark.parametrize("size", [0, 15, 33])
def test_a_digest_has_16_to_32_bytes(size: int) -> None:
    for key, content in ((size, 32), (16, size)):
        with pytest.raises(ValueError, match="16 to 32"):
            Request(bytes(key), bytes(content))


def test_if_its_entries_are_gone_it_says_so(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(), commended("2015-05-04")), author="clerk", request=request())
        ledger.record(career_of(ledger), said(commended("2016-05-04")), author="clerk")
    tampered(database, "DELETE FROM entries WHERE position = 2")
    with closing(open_ledger(database)) as ledger, pytest.raises(DamagedEntryError, match="entries 1 to 2"):
        ledger.record(career_of(ledger), said(hired()), author="clerk", request=request())


def test_who_opened_the_ledger_to_ask_cannot_record(database: Database) -> None:
    open_ledger(database).close()
    with closing(open_ledger(database, writing=False)) as ledger, pytest.raises(ReadOnlyStoreError) as refused:
        ledger.record(career_of(ledger), said(hired()), author="clerk", request=request())
    assert "recorded_requests" not in refused.value.say("en")


# Who may record it


def refuses(known: Sequence[Entry], drafted: Sequence[Entry]) -> None:
    """A judge who lets nobody write after a second entry."""
    if known and drafted[-1].number > 2:
        raise PermissionError(len(known))


def test_a_judge_sees_what_is_known_and_what_would_be_recorded(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    seen: list[tuple[Sequence[Entry], Sequence[Entry]]] = []
    first = ledger.record(career, said(hired()), author="c", judge=lambda *both: seen.append(both))
    second = ledger.record(career, said(commended("2015-05-04")), author="c", judge=lambda *both: seen.append(both))
    assert seen == [([], first), (first, second)]


def test_what_a_judge_refuses_is_not_stored_and_not_remembered(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired(), commended("2015-05-04")), author="clerk")
    with pytest.raises(PermissionError):
        ledger.record(career, said(commended("2016-05-04")), author="clerk", request=request(), judge=refuses)
    assert ledger.known().position == 2
    assert told(ledger.record(career, said(commended("2016-05-04")), author="c", request=request())) == [(3, 3)]


def test_who_may_not_record_learns_nothing_of_the_career(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired(), resigned("2016-01-31")), author="clerk")
    for facts, expected in ((said(resigned("2017-01-31")), None), (said(commended("2015-05-04")), 0)):
        with pytest.raises(PermissionError):
            ledger.record(career, facts, author="clerk", expected=expected, judge=refuses)


def test_a_request_that_was_recorded_is_not_judged_again(bench: Bench) -> None:
    """Who has moved somebody away may no longer write there, but a retry must find what was recorded."""
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired()), author="clerk")
    first = ledger.record(career, said(resigned("2016-01-31")), author="clerk", request=request(), judge=refuses)
    ledger.record(career, said(commended("2015-05-04")), author="clerk")
    again = ledger.record(career, said(resigned("2016-01-31")), author="clerk", request=request(), judge=refuses)
    assert again == first
