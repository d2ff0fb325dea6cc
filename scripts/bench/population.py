"""A ledger of many careers of some 200 facts each, made quickly: simulated people, each told of many times over.

A few hundred careers are simulated over the whole region and filled up with trainings; every one of them is then
recorded for as many people as are wanted, under careers of their own, all in the order of recording. So the rows of one
career lie scattered over the whole ledger, as they do after decades of recording.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.entry import State, encode
from domain.facts import Corrected, Trained, Voided
from domain.idempotency import TOLD_ALL
from domain.stores.appending import Appending
from domain.stores.rows import Row
from scripts.bench import ours
from scripts.bench.workload import LINES, REGION, SEED, TODAY
from scripts.simulation import lines

FACTS_A_CAREER = 200
SIMULATED = 600
"""Different careers; more people than that have the same careers as others."""

AT_A_TIME = 50_000
"""Rows that are appended at a time."""


NEWCOMERS_PART = 10
"""Which part of the careers are recorded after all others, each whole, as when another office's ledger is taken in."""


class Population(NamedTuple):
    """A ledger file, how many careers it holds, how many facts, and how many before those of the newcomers."""

    path: Path
    careers: int
    facts: int
    before_newcomers: int


class _Told(NamedTuple):
    """A fact of a simulated career, in the order of recording."""

    at: datetime
    person: int
    number: int
    topic: str
    state: bytes


def population(path: Path, careers: int, facts: int = FACTS_A_CAREER) -> Population:
    """Make the ledger of so many careers, each of so many facts or more."""
    ledger = ours.open_ledger(path, writing=True)
    told = _told(min(careers, SIMULATED), facts)
    try:
        residents = careers - careers // NEWCOMERS_PART
        with ledger.appending() as transaction, transaction.first_of_all():
            _append(transaction, _rows(told, range(residents)))
            before = transaction.head
            _append(transaction, _rows(told, range(residents, careers)))
            return Population(path, careers, transaction.head, before)
    finally:
        ledger.close()


def career_of(person: int) -> bytes:
    """The career of a person: evenly spread, as the digests of keys are."""
    return sha256(str(person).encode()).digest()[:16]


def _append(transaction: Appending, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, AT_A_TIME)):
        transaction.append(batch)


def _rows(told: list[_Told], people: range) -> Iterator[Row]:
    """Every fact of these people, in the order of recording; some have the same career as others."""
    same: dict[int, list[bytes]] = {}
    for person in people:
        same.setdefault(person % SIMULATED, []).append(career_of(person))
    for one in told:
        for career in same.get(one.person, ()):
            yield Row(career, one.number, one.topic, one.state, TOLD_ALL)


def _told(people: int, facts: int) -> list[_Told]:
    """All facts of the simulated people, in the order of recording."""
    by_worker: dict[str, list[State]] = {}
    for raw in lines(workers=people, region=REGION, seed=SEED, today=TODAY):
        line = LINES.decode(raw)
        state = State(line.recorded_at, line.recorded_by, line.fact, line.act, line.evidence)
        by_worker.setdefault(line.worker, []).append(state)
    return sorted(
        _Told(state.recorded_at, person, number, state.fact.tag(), encode(state))
        for person, states in enumerate(by_worker.values())
        for number, state in enumerate(_filled_up(states, facts), 1)
    )


def _filled_up(states: list[State], facts: int) -> list[State]:
    """A career with trainings between its facts, evenly from its first day to its last, up to so many."""
    states = sorted(states, key=lambda state: state.recorded_at)
    first, last = states[0].recorded_at, states[-1].recorded_at
    missing = max(0, facts - len(states))
    trainings = [_training(first + (last - first) * place / missing) for place in range(missing)]
    both = sorted([*states, *trainings], key=lambda state: state.recorded_at)
    number = {id(state): place for place, state in enumerate(both, 1)}
    return [_renumbered(state, [number[id(old)] for old in states]) for state in both]


def _renumbered(state: State, numbers: list[int]) -> State:
    """An amendment speaks of the entry that it spoke of, which has another number now."""
    fact = state.fact
    if not isinstance(fact, Corrected | Voided):
        return state
    moved = msgspec.structs.replace(fact, number=numbers[fact.number - 1])
    return msgspec.structs.replace(state, fact=moved)


def _training(at: datetime) -> State:
    day = (at - timedelta(days=1)).date()
    fact = Trained(first_day=day, last_day=day, hours=1.0, kind="special", mode="online", course="专题")
    return State(at.astimezone(UTC), "bench", fact)
