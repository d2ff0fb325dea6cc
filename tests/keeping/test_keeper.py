"""Which tables answer a question: the kept ones when they are up to date, else some made for it alone."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import NotWrittenYetError
from projections.keeping.definitions import TABLES, horizon
from tests.building import chosen
from tests.given import assessed, hired, resigned, term
from tests.keeping.ground import (
    IN_MEMORY,
    Ground,
    append,
    career,
    fresh_rows,
    kept_rows,
    moment,
    numbers,
    rows_in,
)
from tests.keeping.test_rows import Story, stories
from tests.ledger.shell import run, script, with_mounts
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

FIRST = [(career(1), hired("2018-03-01")), (career(1), term("2019-01-01")), (career(2), hired("2020-05-06"))]
LATER = [(career(1), assessed(2020)), (career(2), resigned("2024-05-31"))]


def test_kept_tables_answer_with_all_that_was_recorded_by_then(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        for chunk in (FIRST, LATER):
            append(ledger, chunk)
            with keeper.snapshot(TODAY) as (snapshot, known):
                assert rows_in(snapshot) == fresh_rows(ledger)
                assert (known.position, known.at) == (snapshot.position, moment(known.position))
            assert known.position == ledger.recorder.max_notification_id()
            assert [one.position for one in shelf.current()] == [known.position] * len(TABLES)


def test_an_empty_ledger_has_empty_tables(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        with keeper.snapshot(TODAY) as (snapshot, known):
            assert not any(rows_in(snapshot).values())
        assert (known.position, known.at) == (0, None)
        before = numbers(shelf)
        append(ledger, FIRST)
        keeper.refresh()
        assert kept_rows(shelf) == fresh_rows(ledger)
        assert numbers(shelf) == before


def test_nothing_is_rebuilt_that_need_not_be(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        before = numbers(shelf)
        append(ledger, LATER)
        assert keeper.stale() == ()
        keeper.refresh()
        with keeper.snapshot(TODAY, known_at=3), keeper.snapshot(date(2035, 1, 1)):
            pass
    with ground.opened() as (_, shelf, keeper):
        keeper.refresh()
        assert numbers(shelf) == before


@pytest.mark.parametrize("asked", [3, moment(3), moment(4) - timedelta(seconds=1)], ids=["position", "moment", "later"])
def test_what_was_known_earlier_is_folded_for_itself(ground: Ground, asked: object) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, [*FIRST, *LATER])
        with keeper.snapshot(TODAY, known_at=asked) as (snapshot, known):  # type: ignore[arg-type]
            assert (known.position, snapshot.position) == (3, 3)
            assert rows_in(snapshot) == fresh_rows(ledger, until=3) != fresh_rows(ledger)
        assert shelf.current() == []


def test_what_will_have_been_written_is_not_known(ground: Ground) -> None:
    with ground.opened() as (ledger, _, keeper):
        append(ledger, FIRST)
        with pytest.raises(NotWrittenYetError), keeper.snapshot(TODAY, known_at=4):
            pass


def test_other_readings_and_days_past_the_horizon_are_judged_in_memory(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        other = chosen({"before_2024": "excluded"})
        with keeper.snapshot(TODAY, other) as (snapshot, _):
            assert rows_in(snapshot) == fresh_rows(ledger, other) != fresh_rows(ledger)
        last = date.fromordinal(horizon(TODAY))
        with keeper.snapshot(last + timedelta(1)) as (snapshot, _):
            assert snapshot.horizon == horizon(last + timedelta(1)) > horizon(TODAY)
            assert rows_in(snapshot) == fresh_rows(ledger, day=date.fromordinal(snapshot.horizon))
            assert rows_in(snapshot) != kept_rows(shelf)
        with keeper.snapshot(last) as (snapshot, _):
            assert snapshot.horizon == horizon(TODAY)
        assert kept_rows(shelf) == fresh_rows(ledger)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.data())
def test_at_every_position_the_tables_are_those_of_a_ledger_that_ends_there(story: Story, data: st.DataObject) -> None:
    with IN_MEMORY.opened() as (ledger, _, keeper), IN_MEMORY.opened() as (shorter, shelf, its_keeper):
        facts = [fact for chunk in story.chunks for fact in chunk]
        position = data.draw(st.integers(0, len(facts)))
        append(ledger, facts)
        append(shorter, facts[:position])
        its_keeper.refresh()
        with keeper.snapshot(TODAY, known_at=position) as (snapshot, known):
            assert rows_in(snapshot) == kept_rows(shelf)
            assert known == shorter.known()


ASKED = """
import json, sys
from contextlib import closing
from domain.ledger import Ledger
from domain.workers import WorkerKeys
from projections.keeping.places import shelf_of
from tests.keeping.ground import keeper_of
from tests.running import KEY, TODAY

with closing(Ledger(sys.argv[1], workers=WorkerKeys(KEY), now=lambda: 0)) as ledger, closing(shelf_of(ledger)) as shelf:
    with keeper_of(ledger, shelf).snapshot(TODAY) as (snapshot, known):
        people = snapshot.select("SELECT count(*) FROM {people}")[0][0]
        print(json.dumps([type(snapshot).__name__, snapshot.position, known.position, people]))
"""
READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"'


@pytest.mark.parametrize("left_open", [True, False], ids=["someone writes it", "nobody writes it"])
def test_in_a_read_only_folder_the_tables_answer_as_they_are(in_file: Ground, left_open: bool) -> None:
    asking = script(ASKED, in_file.url)
    with in_file.opened() as (ledger, _, keeper):
        append(ledger, FIRST[:2])
        keeper.refresh()
        append(ledger, FIRST[2:])
        if left_open:
            told = with_mounts(READ_ONLY, in_file.path.parent, *asking)
    if not left_open:
        told = with_mounts(READ_ONLY, in_file.path.parent, *asking)
    assert (told.status, told.out) == (0, '["SqliteSnapshot", 2, 2, 1]\n'), told.err
    assert run(asking).out == '["SqliteSnapshot", 3, 3, 2]\n'


def test_in_a_read_only_folder_without_tables_they_are_made_in_memory(in_file: Ground) -> None:
    with in_file.opened() as (ledger, _, _):
        append(ledger, FIRST)
    told = with_mounts(READ_ONLY, in_file.path.parent, *script(ASKED, in_file.url))
    assert (told.status, told.out) == (0, '["SqliteSnapshot", 3, 3, 2]\n'), told.err
    assert not in_file.path.with_name("ledger.db.kept").exists()


def test_a_role_that_may_only_read_is_answered_from_the_tables_as_they_are(in_schema: Ground) -> None:
    in_schema.kept("DO $$ BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    asking = script(ASKED, in_schema.url.replace("//owner@", "//reader@"))
    with in_schema.opened() as (ledger, _, keeper):
        append(ledger, FIRST[:2])
        schema = in_schema.url.rpartition("%3D")[2]
        in_schema.kept(f"GRANT USAGE ON SCHEMA {schema} TO reader")
        in_schema.kept(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
        in_schema.kept(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO reader")
        assert run(asking).out == '["SqliteSnapshot", 2, 2, 1]\n'
        keeper.refresh()
        append(ledger, FIRST[2:])
        told = run(asking)
        assert told.out == '["PostgresSnapshot", 2, 2, 1]\n', told.err
        keeper.refresh()
        assert run(asking).out == '["PostgresSnapshot", 3, 3, 2]\n'


def test_a_role_that_may_not_read_the_kept_tables_is_answered_in_memory(in_schema: Ground) -> None:
    """A rebuild makes new tables, which nobody has granted yet."""
    in_schema.kept("DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    asking = script(ASKED, in_schema.url.replace("//owner@", "//stranger@"))
    with in_schema.opened() as (ledger, _, keeper):
        append(ledger, FIRST)
        schema = in_schema.url.rpartition("%3D")[2]
        in_schema.kept(f"GRANT USAGE ON SCHEMA {schema} TO stranger")
        in_schema.kept(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO stranger")
        keeper.refresh()
        told = run(asking)
        assert told.out == '["SqliteSnapshot", 3, 3, 2]\n', told.err
        in_schema.kept("GRANT SELECT ON kept_tables, kept_parked TO stranger")
        assert run(asking).out == told.out


def test_as_known_at_the_head_is_as_known_now(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        before = numbers(shelf)
        for asked in (3, moment(3)):
            with keeper.snapshot(TODAY, known_at=asked) as (snapshot, known):
                assert type(snapshot).__name__ != "SqliteSnapshot" or ground.url.startswith("sqlite")
                assert (snapshot.position, known.position, known.at) == (3, 3, moment(3))
                assert rows_in(snapshot) == fresh_rows(ledger)
        assert numbers(shelf) == before
