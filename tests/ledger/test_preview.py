"""A preview: what recording would do, decided in the same way, with nothing stored and nobody kept waiting."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as having
from hypothesis import strategies as st

from domain.entry import Entry
from domain.errors import KeyMismatchError, LedgerError, StoreError
from domain.facts import PlainFact
from domain.ledger import Ledger
from domain.line import Said
from domain.workers import WorkerKeys
from tests.histories import careers
from tests.ledger.saying import (
    SOMEBODY_ELSE,
    career_of,
    commended,
    entries_in,
    hired,
    resigned,
    said,
    stored,
    tampered,
    told,
    voided,
)
from tests.ledger.shell import PATIENCE
from tests.running import KEY, NOW, Bench, Database, open_ledger, url_of

pytestmark = pytest.mark.stores("sqlite", "postgres")


def test_it_tells_what_is_known_and_what_would_be_recorded(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    first = ledger.record(career, said(hired()), author="clerk")
    ledger.record(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")
    facts = said(commended("2015-05-04"), resigned("2016-01-31"))
    known, drafted = ledger.preview(career, facts, author="clerk", expected=1)
    assert known == first
    assert told(drafted) == [(3, 2), (4, 3)]
    assert ledger.known().position == 2
    assert ledger.record(career, facts, author="clerk", expected=1) == drafted


def test_it_stores_nothing_not_even_the_key_of_a_new_ledger(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        assert told(ledger.preview(career_of(ledger), said(hired()), author="clerk")[1]) == [(1, 1)]
        assert ledger.recorder.key_check() is None
    assert stored(database) == (0, [])


def test_who_opened_the_ledger_to_ask_can_preview(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
    with closing(open_ledger(database, writing=False)) as reader:
        known, drafted = reader.preview(career_of(reader), said(resigned("2016-01-31")), author="clerk")
        assert (told(known), told(drafted)) == ([(1, 1)], [(2, 2)])


def test_it_does_not_wait_for_a_writer(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    with ledger.appending(), ThreadPoolExecutor(1) as threads:
        preview = threads.submit(ledger.preview, career, said(hired()), author="clerk")
        assert told(preview.result(PATIENCE)[1]) == [(1, 1)]


def test_a_judge_is_asked_as_in_recording(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    seen: list[tuple[Sequence[Entry], Sequence[Entry]]] = []

    def refuses(known: Sequence[Entry], drafted: Sequence[Entry]) -> None:
        seen.append((known, drafted))
        raise PermissionError

    for ask in (ledger.preview, ledger.record):
        with pytest.raises(PermissionError):
            ask(career, said(hired(), resigned("2013-12-31")), author="clerk", judge=refuses)
    assert seen[0] == seen[1]


def outcome(ask: Any, career: Any, facts: list[Said], expected: int | None) -> Any:
    try:
        found = ask(career, facts, author="clerk", expected=expected)
    except LedgerError as error:
        return type(error), error.say("en")
    return found[1] if isinstance(found, tuple) else found


def test_it_refuses_what_recording_refuses_and_in_the_same_words(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    ledger.record(career, said(hired()), author="clerk")
    for facts, expected in (
        (said(resigned("2013-12-31")), None),
        (said(commended("2099-01-01")), None),
        (said(hired(community="999999999999")), None),
        (said(voided(1, "clerk")), None),
        (said(commended("2015-05-04")), 0),
        ([], 0),
    ):
        previewed = outcome(ledger.preview, career, facts, expected)
        assert isinstance(previewed, tuple)
        assert previewed == outcome(ledger.record, career, facts, expected)
    assert ledger.known().position == 1


def test_it_agrees_with_recording_about_random_careers(bench: Bench) -> None:
    ledger = bench.ledger

    @given(careers(), st.integers(1, 4), st.sampled_from([None, 0, 1]))
    @having(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def agree(facts: list[PlainFact], at_a_time: int, expected: int | None) -> None:
        career = ledger.career_of(f"W-{ledger.known().position}-{len(entries_in(ledger))}-{facts}")
        for start in range(0, len(facts), at_a_time):
            batch = [Said(fact=fact) for fact in facts[start : start + at_a_time]]
            previewed = outcome(ledger.preview, career, batch, expected)
            assert previewed == outcome(ledger.record, career, batch, expected)

    agree()


def test_it_refuses_a_ledger_that_has_lost_its_end(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(), commended("2015-05-04")), author="clerk")
    tampered(database, "DELETE FROM entries WHERE position = 2")
    with closing(open_ledger(database, writing=False)) as ledger, pytest.raises(StoreError, match="lost"):
        ledger.preview(career_of(ledger), said(resigned("2016-01-31")), author="clerk")


def test_it_needs_the_ledgers_own_key(database: Database) -> None:
    open_ledger(database).close()

    def opened(key: bytes | None) -> Ledger:
        return Ledger(url_of(database), workers=WorkerKeys(key), now=lambda: NOW)

    with closing(opened(b"another key than that of the writer")) as other, closing(opened(None)) as keyless:
        career = career_of(other)
        with pytest.raises(KeyMismatchError, match="is missing"):
            keyless.preview(career, said(hired()), author="clerk")
        with closing(Ledger(url_of(database), workers=WorkerKeys(KEY), now=lambda: NOW, writing=True)) as writer:
            writer.record(career_of(writer), said(hired()), author="clerk")
        with pytest.raises(KeyMismatchError, match="not this ledger's"):
            other.preview(career, said(hired()), author="clerk")
