"""A ledger in a file and one on a server, told the same: they refuse, keep and answer the same."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as having
from hypothesis import strategies as st

from domain.errors import LedgerError
from domain.examination import examine
from domain.exporting import export_lines
from domain.facts import PlainFact
from domain.fold import fold
from domain.history import history
from domain.ledger import Ledger
from domain.line import Said
from scripts.simulation import lines as simulated
from tests.histories import careers
from tests.ledger.saying import stored
from tests.ledger.taking import take
from tests.postgres_server import Server
from tests.running import TODAY, Bench, open_ledger

Pair = tuple[Ledger, Ledger]


@pytest.fixture
def pair(tmp_path: Path, postgres_server: Server) -> Iterator[Pair]:
    """The same ledger twice."""
    url = postgres_server.fresh()
    with closing(open_ledger(tmp_path / "ledger.db")) as one, closing(open_ledger(url)) as other:
        yield one, other
    postgres_server.give_back(url)


def both(pair: Pair, ask: Any) -> Any:
    """What both answer, which is the same."""
    one, other = map(ask, pair)
    assert one == other
    return one


def outcome(ledger: Ledger, career: UUID, facts: list[PlainFact], expected: int | None) -> Any:
    try:
        return ledger.record(career, [Said(fact=fact) for fact in facts], author="clerk", expected=expected)
    except LedgerError as error:
        return type(error), error.say("en")


def test_they_agree_about_random_careers(pair: Pair) -> None:
    worker = count()

    @given(careers(), st.integers(1, 4), st.sampled_from([None, 0, 1]))
    @having(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def agree(facts: list[PlainFact], at_a_time: int, expected: int | None) -> None:
        career = pair[0].career_of(f"W-{next(worker)}")
        for start in range(0, len(facts), at_a_time):
            batch = facts[start : start + at_a_time]
            both(pair, lambda ledger, batch=batch: outcome(ledger, career, batch, expected))
        known = both(pair, lambda ledger: ledger.known())
        if both(pair, lambda ledger: ledger.recorder.states(career, known.position)):
            both(pair, lambda ledger: fold(history(ledger.entries(career, known))).misfits)

    agree()
    assert both(pair, lambda ledger: b"".join(export_lines(ledger)))


def test_they_agree_about_all_that_can_be_read(pair: Pair) -> None:
    population = b"".join(simulated(workers=6, region="150102", seed=11, today=TODAY))
    both(pair, lambda ledger: take(Bench(ledger, []), population))
    both(pair, lambda ledger: take(Bench(ledger, []), population))
    head = both(pair, lambda ledger: ledger.recorder.max_notification_id())
    assert head > 100
    everything = both(pair, lambda ledger: list(ledger.recorder.stream_careers()))
    keys = [(rows[0][0], row[1]) for rows in everything for row in rows]
    first, middle = everything[0][0][0], everything[len(everything) // 2][0][0]
    for ask in (
        lambda ledger: list(ledger.recorder.stream()),
        lambda ledger: list(ledger.recorder.stream_careers(first, middle, head // 2)),
        lambda ledger: list(ledger.recorder.stream_careers(middle, middle)),
        lambda ledger: list(ledger.recorder.stream_careers(bytes(16), bytes(16))),
        lambda ledger: ledger.recorder.touched(head // 3, head // 2),
        lambda ledger: ledger.recorder.touched(head, head + 9),
        lambda ledger: ledger.recorder.state_of([*keys, (middle, 999), (bytes(16), 1)]),
        lambda ledger: ledger.recorder.state_of([]),
        lambda ledger: [ledger.recorder.row_at(position) for position in (0, 1, head, head + 1)],
        lambda ledger: ledger.recorder.states(UUID(bytes=middle), head // 2),
        lambda ledger: [ledger.recorder.last_number(UUID(bytes=one), head // 2) for one in (first, middle, bytes(16))],
        lambda ledger: [ledger.recorder.grounds(UUID(bytes=one)) for one in (middle, bytes(16))],
        lambda ledger: ledger.recorder.head(),
        lambda ledger: ledger.recorder.key_check(),
        lambda ledger: ledger.recorder.select_events(UUID(bytes=middle), gt=2, desc=True, limit=3),
        lambda ledger: ledger.recorder.select_notifications(5, 7, stop=head, topics=["hired", "assessed"]),
        lambda ledger: [check[0:3:2] for check in examine(ledger)],
    ):
        both(pair, ask)


def test_a_stream_is_as_the_ledger_was_when_it_began(pair: Pair) -> None:
    lines = list(simulated(workers=6, region="150102", seed=11, today=TODAY))
    both(pair, lambda ledger: take(Bench(ledger, []), lines[0]))
    for ledger in pair:
        recorder = ledger.recorder
        with closing(recorder.stream()) as rows:
            seen = [next(rows)]
            take(Bench(ledger, []), b"".join(lines[1:]))
            seen += rows
        assert [row.position for row in seen] == [1]


def test_they_hold_the_same_rows(pair: Pair, tmp_path: Path) -> None:
    population = b"".join(simulated(workers=4, region="150102", seed=3, today=TODAY))
    both(pair, lambda ledger: take(Bench(ledger, []), population))
    url = pair[1].recorder._connections.address.conninfo
    assert stored(tmp_path / "ledger.db") == stored(url)
