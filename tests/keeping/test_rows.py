"""However the kept tables came to be as they are, their rows are those of every career folded by itself."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.facts import AnyFact
from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT
from projections.keeping import auditing, following, replaying, spreading
from projections.keeping.catching_up import catch_up
from projections.keeping.definitions import TABLES, horizon
from projections.keeping.following import follow
from projections.keeping.making import Terms
from projections.keeping.rebuilding import rebuild
from projections.keeping.shelf import Shelf
from projections.keeping.sqlite_shelf import SqliteShelf
from tests.given import assessed, corrected, hired, out, term
from tests.keeping.conftest import NewGround
from tests.keeping.ground import (
    IN_MEMORY,
    PATIENCE,
    Ground,
    append,
    append_raw,
    assert_true,
    career,
    differences,
    keeper_of,
    kept_rows,
    marks,
)
from tests.kept.populations import populations
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

IN_EACH_STORE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.differing_executors]

Fact = tuple[Any, AnyFact]
NAMES = [table.name for table in TABLES]


class Story(NamedTuple):
    """Chunks of facts of several people as they are recorded, and what is done after each: tables to rebuild, or
    None to catch up."""

    chunks: list[list[Fact]]
    deeds: list[tuple[str, ...] | None]


@st.composite
def stories(draw: DrawFn) -> Story:
    """Facts of a career go in by their numbers, those of several careers in any order."""
    waiting = {career(place): list(facts) for place, facts in enumerate(draw(populations(4)), 1)}
    turns = [one for one, facts in waiting.items() for _ in facts]
    order = [(one, waiting[one].pop(0)) for one in draw(st.permutations(turns))]
    cuts = sorted(draw(st.sets(st.integers(1, len(order)), min_size=1, max_size=4)) | {len(order)})
    chunks = [order[begin:end] for begin, end in zip([0, *cuts], cuts, strict=False)]
    some = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(tuple)
    deeds = st.lists(st.one_of(st.none(), st.none(), st.just(tuple(NAMES)), some), min_size=4, max_size=4)
    return Story([chunk for chunk in chunks if chunk], draw(deeds))


def terms() -> Terms:
    return Terms(DEFAULT, horizon(TODAY))


def rebuilt(ledger: Ledger, shelf: Shelf) -> int:
    return rebuild(ledger, shelf, TABLES, terms(), lambda done, of: None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_one_rebuild_many_catch_ups_and_both_in_turn_make_the_same_rows(story: Story) -> None:
    with closing(IN_MEMORY.ledger()) as ledger, many_shelves() as (at_once, step_by_step, in_turn):
        for place, chunk in enumerate(story.chunks):
            append(ledger, chunk)
            for shelf in (step_by_step, in_turn):
                rebuilt(ledger, shelf) if not shelf.current() else catch_up(ledger, shelf)
            if place == len(story.chunks) // 2:
                rebuilt(ledger, in_turn)
        rebuilt(ledger, at_once)
        rows = kept_rows(at_once)
        for shelf in (step_by_step, in_turn):
            assert kept_rows(shelf) == rows
            assert marks(shelf.current()) == marks(at_once.current())
        assert_true(ledger, at_once)


@contextmanager
def many_shelves() -> Iterator[tuple[Shelf, Shelf, Shelf]]:
    with closing(SqliteShelf(None)) as one, closing(SqliteShelf(None)) as two, closing(SqliteShelf(None)) as three:
        yield one, two, three


@settings(max_examples=8, suppress_health_check=IN_EACH_STORE)
@given(story=stories())
def test_rows_are_true_after_every_step_whatever_the_steps_are(new_ground: NewGround, story: Story) -> None:
    with new_ground().opened() as (ledger, shelf, keeper):
        for chunk, deed in zip(story.chunks, story.deeds, strict=False):
            append(ledger, chunk)
            if deed is None:
                keeper.refresh()
            else:
                keeper.rebuild(tuple(table for table in TABLES if table.name in deed))
            assert_true(ledger, shelf)


@settings(max_examples=2, suppress_health_check=IN_EACH_STORE)
@given(story=stories())
def test_what_a_follower_keeps_is_the_same(new_ground: NewGround, story: Story) -> None:
    ground = new_ground()
    with (
        pytest.MonkeyPatch.context() as patch,
        ground.opened() as (ledger, shelf, _),
        closing(ground.ledger(writing=False)) as beside,
    ):
        caught, over, failed = [Event() for _ in range(len(story.chunks) + 1)], Event(), list[BaseException]()
        patch.setattr(following, "POLL_SECONDS", 0.1)  # It is stopped as often, too.
        ends = [sum(map(len, story.chunks[:place])) for place in range(len(story.chunks) + 1)]

        def told(position: int) -> None:
            for end, event in zip(ends, caught, strict=True):
                if position >= end:
                    event.set()

        def live() -> None:
            try:
                follow(beside, keeper_of(beside, shelf), told, stopped=over.is_set)
            except BaseException as error:
                failed.append(error)

        thread = Thread(target=live)
        thread.start()
        for place, chunk in enumerate(story.chunks, 1):
            append(ledger, chunk)
            assert caught[place].wait(PATIENCE) or failed
        over.set()
        thread.join()
        assert failed == []
        assert_true(ledger, shelf)


@pytest.fixture
def spread_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is spread over processes, however little there is."""
    monkeypatch.setattr(replaying, "ALONE", 0)
    monkeypatch.setattr(replaying, "CAREERS_ALONE", 0)
    monkeypatch.setattr(replaying, "CAREERS_A_PIECE", 2)
    monkeypatch.setattr(spreading, "A_PIECE", 6)
    for module in (replaying, auditing):
        monkeypatch.setattr(module, "cores", lambda: 2)


def crowd() -> list[Fact]:
    facts: list[AnyFact] = [hired("2018-03-01"), term("2019-01-01"), assessed(2020), out("2024-06-28")]
    people = [(career(place), fact) for place in range(1, 9) for fact in facts]
    return [*people, (career(3), corrected(1, hired("2017-03-01")))]


def test_several_processes_make_the_rows_that_one_makes(ground: Ground, spread_out: None) -> None:
    with ground.opened() as (ledger, shelf, keeper), closing(SqliteShelf(None)) as alone:
        append(ledger, crowd())
        append_raw(ledger, career(7), b"{}")
        keeper.refresh()
        append(ledger, [(one, crowd()[0][1]) for one in map(career, range(6, 12))])
        keeper.refresh()
        with pytest.MonkeyPatch.context() as one_process:
            one_process.setattr(replaying, "cores", lambda: 1)
            rebuilt(ledger, alone)
        rows = kept_rows(shelf)
        assert rows == kept_rows(alone)
        assert [row[0] for row in rows["parked"]] == [career(7).bytes]
        assert differences(ledger, shelf) == []
