"""A population that is made up: believable, the same every time, and importable without a refusal."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

import pytest

from domain import line
from domain.calendar import china_day, is_rest_day
from domain.divisions import within
from domain.entry import Entry, State, encode
from domain.errors import UnknownDivisionError
from domain.facts import FACT_TYPES, Assessed, Registered
from domain.facts.checks import check, check_two_people
from domain.fold import fold
from domain.history import history
from scripts.simulation import lines

TODAY = date(2026, 11, 24)
CAREER = UUID(int=0)


def simulated(workers: int, region: str = "15", seed: int = 1, today: date = TODAY) -> list[bytes]:
    return list(lines(workers=workers, region=region, seed=seed, today=today))


def careers(written: list[bytes]) -> Iterator[tuple[str, list[Entry]]]:
    for worker, group in groupby(written, key=lambda raw: line.heading(raw)[0]):
        entries = []
        for number, raw in enumerate(group, start=1):
            said, _ = line.read(raw)
            assert said.recorded_at is not None
            assert said.recorded_by is not None
            state = State(said.recorded_at, said.recorded_by, said.fact, said.act, said.evidence)
            entries.append(Entry(CAREER, number, number, state))
        yield worker, entries


@pytest.fixture(scope="module")
def population() -> list[bytes]:
    return simulated(800)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    assert simulated(5) == simulated(5)
    assert simulated(5) != simulated(5, seed=2)


def test_a_larger_population_begins_with_the_smaller_one(population):
    few = simulated(20)
    assert population[: len(few)] == few


def test_lines_are_canonical_and_end_in_a_line_feed():
    for raw in simulated(3):
        assert raw.endswith(b"}\n")
        assert raw == json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    ("region", "today"),
    [
        ("15", TODAY),
        ("1522", TODAY),
        ("150102", TODAY),
        ("150102001001", TODAY),
        ("15", date(2005, 1, 1)),
        ("15", date(2024, 2, 11)),
        ("15", date(2033, 7, 3)),
    ],
)
def test_nothing_in_it_is_refused(region, today):
    workers = set()
    for worker, entries in careers(simulated(300, region, seed=7, today=today)):
        assert worker not in workers
        workers.add(worker)
        moments = [entry.state.recorded_at for entry in entries]
        assert moments == sorted(set(moments))
        for entry in entries:
            recorded_on = china_day(entry.state.recorded_at)
            assert recorded_on <= today
            check(entry.state.fact, today=recorded_on)
            check_two_people(entry.state.fact, entry.state.recorded_by)
        assert fold(history(entries)).misfits == []
    assert workers


def test_every_fact_of_the_vocabulary_occurs(population):
    counted = Counter(json.loads(raw)["fact"]["fact"] for raw in population)
    assert counted.keys() == FACT_TYPES.keys()
    amendments = counted["corrected"] + counted["voided"]
    assert 0.02 < amendments / len(population) < 0.04


def test_a_career_is_as_long_and_an_entry_as_short_as_in_life(population):
    entries = [entry for _, career in careers(population) for entry in career]
    assert 80 < len(entries) / 800 < 130
    assert sum(len(encode(entry.state)) for entry in entries) / len(entries) < 175


def test_no_two_people_have_one_identity_and_each_tells_birthday_and_sex(population):
    identities = set()
    for _, entries in careers(population):
        person = fold(history(entries)).registered
        if person is None:
            continue
        fact = person.fact
        assert isinstance(fact, Registered)
        assert fact.identity not in identities
        identities.add(fact.identity)
        assert fact.identity[6:14] == f"{fact.born:%Y%m%d}"
        assert int(fact.identity[16]) % 2 == (fact.sex == "male")


def test_clerks_record_in_office_hours_of_workdays(population):
    for raw in population:
        day, _, time = json.loads(raw)["recorded_at"].partition("T")
        assert not is_rest_day(date.fromisoformat(day).toordinal())
        assert "00:30:00Z" <= time < "09:45:00Z"


def test_most_assessments_are_competent(population):
    results = Counter(
        entry.state.fact.result
        for _, entries in careers(population)
        for entry in entries
        if isinstance(entry.state.fact, Assessed)
    )
    assert results["competent"] > 4 * results["excellent"] > 4 * results["basic"] > 4 * results["incompetent"] > 0


def test_a_career_begins_in_the_region_that_was_asked_for():
    first = {}
    for raw in simulated(40, "1507"):
        said = json.loads(raw)
        if said["fact"]["fact"] == "hired":
            first.setdefault(said["worker"], said["fact"]["community"])
    assert first
    assert sum(within(community, "1507") for community in first.values()) > 0.9 * len(first)


def test_a_region_that_is_not_in_the_table_is_refused():
    with pytest.raises(UnknownDivisionError, match="region"):
        lines(workers=1, region="999999", seed=1, today=TODAY)


def test_a_street_without_communities_is_refused():
    with pytest.raises(UnknownDivisionError, match="no community"):
        lines(workers=1, region="150102400", seed=1, today=TODAY)


@pytest.mark.parametrize(("workers", "today"), [(-1, TODAY), (10_000_000, TODAY), (1, date(2004, 12, 31))])
def test_what_cannot_be_made_up_is_refused(workers, today):
    with pytest.raises(ValueError, match=r"workers|today"):
        lines(workers=workers, region="15", seed=1, today=today)
