"""Lists of people in reach, asked of the tables that a ledger keeps, in whichever store."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.entry import Entry
from domain.idempotency import TOLD_ALL
from domain.ledger import row_of
from domain.regulation.readings import DEFAULT
from projections.happened import happened
from projections.keeping.places import shelf_of
from projections.kept.snapshot import Snapshot
from projections.late_entries import late_entries
from projections.people import people
from projections.reaching import Reaching, in_reach
from projections.sieve import USUAL
from tests.building import told
from tests.keeping.ground import keeper_of
from tests.kept.places import is_in_reach
from tests.kept.plain import Plain
from tests.kept.populations import HERE
from tests.kept.recorded import AUTHORS, looked_at, offices
from tests.kept.shelves import asked_of, facts_in
from tests.running import Databases, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

TODAY, FIRST = date(2026, 11, 24), date(2005, 1, 1)
IN_EACH_STORE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.differing_executors]
DIVISIONS = sorted({code[:length] for code in HERE for length in (2, 4, 9)})


_number = count(1)


def _recorded(entry: Entry) -> datetime:
    return entry.state.recorded_at


@contextmanager
def kept_in(databases: Databases, careers: dict[UUID, list[Entry]]) -> Iterator[Snapshot]:
    """The tables that are kept of a new ledger with these entries."""
    in_order = sorted((entry for entries in careers.values() for entry in entries), key=_recorded)
    with closing(open_ledger(databases(f"reach-{next(_number)}"))) as ledger, closing(shelf_of(ledger)) as shelf:
        with ledger.appending() as transaction:
            transaction.append([row_of(entry, TOLD_ALL) for entry in in_order])
        with keeper_of(ledger, shelf).snapshot(TODAY) as (snapshot, _):
            yield snapshot


@settings(max_examples=5, suppress_health_check=IN_EACH_STORE)
@for_all(careers=offices(), data=st.data())
def test_every_store_says_what_each_career_by_itself_says(databases: Databases, careers: Any, data: Any) -> None:
    on = data.draw(st.dates(FIRST, TODAY))
    author = data.draw(st.sampled_from(AUTHORS))
    with kept_in(databases, careers) as snapshot:
        for division in DIVISIONS:
            reaching, asked = Reaching(division, on), asked_of(division, TODAY)
            there = {uuid: entries for uuid, entries in careers.items() if is_in_reach(entries, division, on)}
            both = {uuid: entries for uuid, entries in there.items() if is_in_reach(entries, division, TODAY)}
            assert in_reach(snapshot, list(careers), reaching) == set(there)
            assert [one.career for one in people(snapshot, asked, reaching).people] == sorted(both)
            looked = late_entries(snapshot, asked, reaching, FIRST, TODAY).careers
            expected = looked_at(dict(sorted(both.items())), FIRST, TODAY, USUAL)
            assert [str(one.career) for one in looked] == [one["career"] for one in expected]
            rows = happened(snapshot, facts_in(careers), asked, FIRST, TODAY, author=author, reaching=reaching)
            assert told(rows)["happened"] == _happened(there, division, author)


def _happened(careers: dict[UUID, list[Entry]], division: str, author: str) -> list[dict[str, Any]]:
    rows = [
        row
        for uuid, entries in careers.items()
        for row in Plain(uuid, entries, DEFAULT).happened(division, FIRST, TODAY)
        if author in {entries[number - 1].state.recorded_by for number in row["entries"]}
    ]
    return sorted(rows, key=lambda row: (row["day"], row["career"], row["number"]))
