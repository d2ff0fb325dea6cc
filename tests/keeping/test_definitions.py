"""Kept tables that cannot be added to are noticed when a program starts, and built anew beside the old ones."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from domain.errors import StoreError
from projections.keeping import auditing, catching_up, definitions, postgres_shelf, rebuilding
from projections.keeping import keeper as keepers
from projections.keeping.auditing import audit_sample
from projections.keeping.catching_up import anchor_at, catch_up
from projections.keeping.definitions import BY_NAME, TABLES, horizon
from projections.keeping.errors import NothingKeptError, OtherDefinitionError, OtherLedgerError
from projections.kept.people import PEOPLE
from projections.kept.table import Table
from tests.given import assessed, hired, resigned
from tests.keeping.ground import (
    Ground,
    append,
    assert_true,
    career,
    differences,
    fresh_rows,
    keeper_of,
    kept_rows,
    numbers,
    rows_in,
)
from tests.running import TODAY

pytestmark = pytest.mark.stores("sqlite", "postgres")

FIRST = [(career(1), hired("2018-03-01")), (career(2), hired("2020-05-06"))]
LATER = [(career(1), assessed(2020)), (career(2), resigned("2024-05-31"))]
NEXT_YEAR = date(TODAY.year + 1, 1, 1)


def redefined(patch: pytest.MonkeyPatch, *changed: str) -> None:
    """As if the program's next version defined some tables otherwise."""
    before = definitions.version

    def version(table: Table) -> str:
        return f"new {table.name}"[:16] if table.name in changed else before(table)

    for module in (catching_up, keepers, rebuilding):
        patch.setattr(module, "version", version)


def test_a_changed_definition_is_noticed_and_only_its_table_is_rebuilt(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        before = numbers(shelf)
        append(ledger, LATER)
        redefined(monkeypatch, "roster", "service")
        assert {table.name for table in keeper.stale()} == {"roster", "service"}
        with pytest.raises(OtherDefinitionError, match=r"roster, service.*run rebuild"):
            catch_up(ledger, shelf)
        keeper.refresh()
        assert_true(ledger, shelf)
        after = numbers(shelf)
        assert {name for name in after if after[name] != before[name]} == {"roster", "service"}
        assert keeper.stale() == ()


def test_a_table_with_other_columns_is_built_beside_the_old_one(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        counting = replace(
            PEOPLE,
            columns={"career": "BLOB", "entries": "INTEGER"},
            indexes=(),
            rows=lambda folded: [(folded.key, len(folded.entries))],
        )
        changed = tuple(counting if table.name == "people" else table for table in TABLES)
        for module in (definitions, keepers, auditing):
            monkeypatch.setattr(module, "TABLES", changed)
        monkeypatch.setitem(BY_NAME, "people", counting)
        redefined(monkeypatch, "people")
        assert keeper.stale() == (counting,)
        with keeper.snapshot(TODAY) as (snapshot, _):
            rows = snapshot.select("SELECT career, entries FROM {people} ORDER BY career")
        assert rows == [(career(1).bytes, 1), (career(2).bytes, 1)]
        assert differences(ledger, shelf) == []


def test_a_table_that_the_program_has_no_more_is_retired_and_dropped(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one of an older program: nobody brings it up to date, so no answer may rest on it."""
    monkeypatch.setattr(postgres_shelf, "DROP_WITHIN", "50ms")
    with ground.opened() as (ledger, shelf, keeper), ground.opened(writing=False) as (_, reading, _):
        append(ledger, FIRST)
        keeper.refresh()
        with shelf.changing() as change:
            change.switch(change.begin(replace(PEOPLE, name="former"), "old", 2, anchor_at(ledger, 2), horizon(TODAY)))
        append(ledger, LATER)
        with reading.asking():  # Someone still reads it.
            assert keeper.refresh() == 4
        assert_true(ledger, shelf)
        keeper.rebuild(TABLES)
        with shelf.changing() as change:
            assert "former" not in {one.name for one in change.generations()}


def test_a_table_that_the_program_has_not_had_before_is_built(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        before = numbers(shelf)
        with shelf.changing() as change:
            change.retire(next(one for one in change.generations() if one.name == "due"))
        with pytest.raises(NothingKeptError, match="run rebuild"):
            catch_up(ledger, shelf)
        with pytest.raises(NothingKeptError, match="run rebuild"):
            next(audit_sample(ledger, shelf, 1, 1))
        assert keeper.refresh() == 2
        assert_true(ledger, shelf)
        assert {name for name, number in numbers(shelf).items() if number != before[name]} <= {"due"}


def test_at_the_turn_of_a_year_another_year_is_judged(ground: Ground) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        old = kept_rows(shelf)
        append(ledger, LATER[:1])
        on_new_year = keeper_of(ledger, shelf, NEXT_YEAR)
        assert not keeper.has_new_horizon()
        assert on_new_year.has_new_horizon()
        assert on_new_year.keep_up() == 3
        assert_true(ledger, shelf, NEXT_YEAR)
        assert kept_rows(shelf)["findings"] != old["findings"]


def test_where_the_new_year_cannot_be_judged_a_later_day_is_answered_in_memory(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ground.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        on_new_year = keeper_of(ledger, shelf, NEXT_YEAR)
        last = date.fromordinal(horizon(TODAY))
        with shelf.rebuilding():  # Somebody else does, and it takes long.
            with on_new_year.snapshot(last) as (snapshot, _):
                assert snapshot.horizon == last.toordinal()
            with on_new_year.snapshot(date.fromordinal(horizon(NEXT_YEAR))) as (snapshot, _):
                assert snapshot.horizon > horizon(NEXT_YEAR)
                assert rows_in(snapshot) == fresh_rows(ledger, day=date.fromordinal(snapshot.horizon))
            append(ledger, LATER)
            assert on_new_year.keep_up() == 4  # A follower goes on.


def test_tables_of_another_ledger_are_noticed(new_ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a backup had been restored, and then others recorded other things."""
    ground = new_ground()
    with ground.opened() as (ledger, shelf, _), new_ground().opened() as (other, _, _):
        append(ledger, [*FIRST, *LATER])
        keeper_of(ledger, shelf).refresh()
        append(other, [(career(3), hired("2019-01-01"))])
        for facts in ([], [*FIRST, *LATER]):
            append(other, facts)
            with pytest.raises(OtherLedgerError, match=r"restored from a backup.*run rebuild"):
                catch_up(other, shelf)
            with pytest.raises(OtherLedgerError):
                differences(other, shelf)
        keeper_of(other, shelf).refresh()
        assert_true(other, shelf)


def test_a_ledger_restored_from_a_backup_is_noticed(in_file: Ground, tmp_path: Path) -> None:
    with in_file.opened() as (ledger, _, _):
        append(ledger, FIRST)
    shutil.copy(in_file.path, tmp_path / "backup")
    with in_file.opened() as (ledger, _, keeper):
        append(ledger, LATER)
        keeper.refresh()
    shutil.copy(tmp_path / "backup", in_file.path)
    with in_file.opened() as (ledger, shelf, keeper):
        assert ledger.recorder.max_notification_id() == 2
        with pytest.raises(OtherLedgerError):
            catch_up(ledger, shelf)
        with keeper.snapshot(TODAY) as (_, known):
            assert known.position == 2
        assert_true(ledger, shelf)


@pytest.mark.parametrize("left", [b"not at all a database" * 400, b"SQLite format 3\0" + b"\x10\0" * 3000])
def test_a_damaged_file_says_what_to_do_and_deleting_it_helps(in_file: Ground, left: bytes) -> None:
    kept = in_file.path.with_name("ledger.db.kept")
    with in_file.opened() as (ledger, _, keeper):
        append(ledger, FIRST)
        keeper.refresh()
    kept.write_bytes(left)
    with in_file.opened() as (ledger, shelf, keeper):
        for question in (keeper.refresh, shelf.current, lambda: keeper.snapshot(TODAY).__enter__()):
            with pytest.raises(StoreError, match=r"ledger\.db\.kept is damaged; delete it"):
                question()
        kept.unlink()
        keeper.refresh()
        assert_true(ledger, shelf)


def test_a_file_that_is_deleted_while_it_is_open_is_made_again(in_file: Ground) -> None:
    with in_file.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        keeper.refresh()
        in_file.path.with_name("ledger.db.kept").unlink()
        with keeper.snapshot(TODAY) as (snapshot, _):
            assert rows_in(snapshot) == fresh_rows(ledger)
        assert_true(ledger, shelf)


def test_a_file_of_which_only_the_name_was_made_is_filled(in_file: Ground) -> None:
    """As a program leaves it that is killed at once."""
    in_file.path.with_name("ledger.db.kept").touch()
    with in_file.opened() as (ledger, shelf, keeper):
        append(ledger, FIRST)
        assert shelf.current() == []
        keeper.refresh()
        assert_true(ledger, shelf)
