"""All careers at once: kept tables built, caught up and followed, and questions about a league."""

from pathlib import Path

from scripts.bench import asking, keeping, memory
from scripts.bench.population import Population, population
from scripts.bench.rounds import Measured
from scripts.bench.tables import MS, Row, rate

MIB = 1024 * 1024
BUILT, CAUGHT_UP = 200_000, 50_000
"""Facts a second that building and catching up should reach."""

OF_DECODING = 0.2
"""What part of the rate of streaming and decoding alone building should reach."""

OF_SQL = 0.3
"""What part of the rate of its SQL alone an answer should reach."""

LIVE_SECONDS = 0.020


def rows(careers: int, scratch: Path, rounds: int) -> list[Row]:
    """Of a ledger with so many careers of some 200 facts."""
    people = population(scratch / "people.db", careers)
    return [
        _built(people, keeping.built(people, rounds)),
        _remembered(people),
        _caught_up(people, rounds),
        _newcomers(people, rounds),
        _followed(keeping.followed(people)),
        *_asked(people, rounds),
    ]


def _built(people: Population, found: Measured) -> Row:
    rates = rate(people.facts, found.ours), rate(people.facts, found.baseline)
    met = found.times_faster >= OF_DECODING and people.facts / found.ours >= BUILT
    what = f"建立全部汇总表 all kept tables of {people.facts:,} facts; baseline: stream and decode"
    return Row(what, *rates, found.times_faster, f"≥ {OF_DECODING}, {BUILT:,}/s", met)


def _remembered(people: Population) -> Row:
    bytes_taken, alone = memory.of_processes(lambda: keeping.built_once(people)), memory.own()
    what = "其间内存 memory meanwhile, all processes; baseline: this one before"
    figures = f"{bytes_taken / MIB:,.0f} MiB", f"{alone / MIB:,.0f} MiB"
    return Row(what, *figures, bytes_taken / alone, "< 1,024 MiB", bytes_taken < 1024 * MIB)


def _caught_up(people: Population, rounds: int) -> Row:
    facts = people.before_newcomers // keeping.LAST_PART
    found = keeping.caught_up(people, rounds)
    return _taken_in(
        f"追上最后 {facts:,} 条 catching up: the last {facts:,} facts, of nearly all careers", facts, found
    )


def _newcomers(people: Population, rounds: int) -> Row:
    facts = people.facts - people.before_newcomers
    found = keeping.newcomers_taken_in(people, rounds)
    return _taken_in(f"追上整份履历 {facts:,} 条 catching up: {facts:,} facts, of whole careers", facts, found)


def _taken_in(what: str, facts: int, found: Measured) -> Row:
    rates = rate(facts, found.ours), rate(facts, found.baseline)
    target = f"≥ {CAUGHT_UP:,}/s"
    return Row(
        f"{what}; baseline: stream and decode", *rates, found.times_faster, target, facts / found.ours >= CAUGHT_UP
    )


def _followed(found: keeping.Live) -> Row:
    what = "登记一条到各表可见 one fact recorded until in every table; baseline: recorded"
    figures = f"{found.visible * MS:.1f} ms", f"{found.acknowledged * MS:.1f} ms"
    return Row(what, *figures, found.visible / found.acknowledged, "< 20 ms", found.visible < LIVE_SECONDS)


def _asked(people: Population, rounds: int) -> list[Row]:
    answers = asking.measure(people, rounds)
    return [
        Row(
            f"{name} --division {answers.division}, {answers.people:,} people; baseline: its SQL",
            f"{found.ours * MS:.1f} ms",
            f"{found.baseline * MS:.1f} ms",
            found.times_faster,
            f"≥ {OF_SQL}",
            found.times_faster >= OF_SQL,
        )
        for name, found in answers.measured.items()
    ]
