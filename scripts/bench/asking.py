"""Questions about a league: the whole answer as JSON, against the very SQL that it asks, fetched and left at that."""

from collections.abc import Callable
from contextlib import closing, nullcontext
from typing import Any

from domain.calendar import Day
from domain.regulation.readings import DEFAULT
from projections.asking import AskedOfDivision
from projections.division_findings import findings_in
from projections.eligible import eligible
from projections.keeping.keeper import Keeper
from projections.keeping.places import shelf_of
from projections.kept.snapshot import Parked, Snapshot
from projections.roster import roster
from projections.wire import to_json
from scripts.bench import ours
from scripts.bench.population import Population
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import REGION, TODAY

ENOUGH = 1000
"""People in a division that is large enough to be asked about."""

A_TURN = 5
"""Answers in one turn."""

Ask = Callable[[Snapshot, AskedOfDivision], object]
QUESTIONS: dict[str, Ask] = {"roster": roster, "eligible": eligible, "findings": findings_in}


class _Overheard(Snapshot):
    """Remembers what is asked of another snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.position: int = snapshot.position
        self.horizon: Day = snapshot.horizon
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        self.asked.append((query, values))
        return self._snapshot.select(query, **values)

    def parked(self) -> list[Parked]:
        return self._snapshot.parked()


class Answers:
    """Who asks, of how many people."""

    def __init__(self, division: str, people: int, measured: dict[str, Measured]) -> None:
        self.division, self.people, self.measured = division, people, measured


def measure(population: Population, rounds: int) -> Answers:
    """Seconds an answer and seconds its SQL, for every question, of the league that has the most people."""
    ledger = ours.open_ledger(population.path, writing=False)
    with closing(ledger), closing(shelf_of(ledger)) as shelf:
        keeper = Keeper(ledger, shelf, lambda: TODAY, lambda _done, _of: None)
        with keeper.snapshot(TODAY) as (snapshot, known):
            division, people = _largest(snapshot)
            asked = AskedOfDivision(division, TODAY, known, DEFAULT)
            return Answers(
                division, people, {name: _one(snapshot, ask, asked, rounds) for name, ask in QUESTIONS.items()}
            )


def _largest(snapshot: Snapshot) -> tuple[str, int]:
    """The league with the most people, or the region if no league has enough."""
    on = TODAY.toordinal()
    leagues = snapshot.select(
        "SELECT r.community / 100000000, count(*) FROM {roster} AS r WHERE r.begins <= :on AND r.ends > :on"
        " GROUP BY r.community / 100000000 ORDER BY 2 DESC",
        on=on,
    )
    league, people = leagues[0]
    return (str(league), people) if people >= ENOUGH else (REGION, sum(number for _, number in leagues))


def _one(snapshot: Snapshot, ask: Ask, asked: AskedOfDivision, rounds: int) -> Measured:
    overheard = _Overheard(snapshot)
    ask(overheard, asked)

    def answer() -> None:
        for _ in range(A_TURN):
            to_json(ask(snapshot, asked), "zh")

    def fetch() -> None:
        for _ in range(A_TURN):
            for query, values in overheard.asked:
                snapshot.select(query, **values)

    found = interleaved(lambda: nullcontext(answer), lambda: nullcontext(fetch), rounds)
    return Measured(found.ours / A_TURN, found.baseline / A_TURN, found.times_faster)
