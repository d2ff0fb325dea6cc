"""The only writer: positions, numbers, moments, and that nothing is ever edited."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import ImpossibleFactError, MalformedError, StaleCareerError, StoreError
from domain.examination import examine
from tests.ledger.saying import (
    HERE,
    NEXT_DOOR,
    SOMEBODY,
    SOMEBODY_ELSE,
    career_of,
    commended,
    corrected,
    entries_in,
    hired,
    resigned,
    said,
    stored,
    tampered,
    told,
    voided,
)
from tests.running import NOW, Bench, Database, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")


def problems(database: Database) -> str:
    with closing(open_ledger(database, writing=False)) as ledger:
        return "\n".join(problem.say("en") for check in examine(ledger) for problem in check.problems)


def test_positions_are_contiguous_over_batches_and_careers(bench: Bench) -> None:
    one, other = career_of(bench.ledger), career_of(bench.ledger, SOMEBODY_ELSE)
    first = bench.ledger.record(one, said(hired(), commended("2015-05-04")), author="clerk")
    second = bench.ledger.record(other, said(hired()), author="clerk")
    third = bench.ledger.record(one, said(resigned("2016-01-31")), author="clerk")
    assert told([*first, *second, *third]) == [(1, 1), (2, 2), (3, 1), (4, 3)]
    assert [entry.position for entry in entries_in(bench.ledger)] == [1, 2, 3, 4]


def test_a_position_is_not_used_again_after_a_deletion_and_the_loss_is_told(database: Database) -> None:
    """Nothing more is written to a ledger that has lost its end, so the next position cannot be the old one."""
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(), commended("2015-05-04")), author="clerk")
    tampered(database, "DELETE FROM entries WHERE position = 2")
    assert "entries at the end are lost" in problems(database)
    for worker in (SOMEBODY, SOMEBODY_ELSE):
        with closing(open_ledger(database)) as ledger, pytest.raises(StoreError, match="lost"):
            ledger.record(career_of(ledger, worker), said(commended("2016-05-04")), author="clerk")
    assert stored(database)[0] == 2
    assert len(stored(database)[1]) == 1


def test_a_missing_entry_in_the_middle_is_told(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(), commended("2015-05-04"), resigned("2016-01-31")), author="clerk")
    tampered(database, "DELETE FROM entries WHERE position = 2")
    told_of = problems(database)
    assert "position 2 is missing" in told_of
    assert "numbers of career" in told_of


def test_a_batch_of_nothing_moves_no_position(bench: Bench) -> None:
    assert bench.ledger.record(career_of(bench.ledger), [], author="clerk") == []
    assert bench.ledger.known().position == 0


def test_a_stale_expected_number_stores_nothing(bench: Bench) -> None:
    career = career_of(bench.ledger)
    bench.ledger.record(career, said(hired()), author="clerk", expected=0)
    for expected in (0, 2, 99):
        with pytest.raises(StaleCareerError):
            bench.ledger.record(career, said(commended("2015-05-04")), author="clerk", expected=expected)
    assert bench.ledger.known().position == 1
    assert bench.ledger.record(career, said(commended("2015-05-04")), author="clerk", expected=1)[0].number == 2


def test_what_one_reader_has_seen_is_stale_once_a_writer_went_on(database: Database) -> None:
    with closing(open_ledger(database)) as writer:
        career = career_of(writer)
        writer.record(career, said(hired()), author="clerk")
        with closing(open_ledger(database, writing=False)) as reader:
            seen = len(reader.entries(career, reader.known()))
            writer.record(career, said(commended("2015-05-04")), author="another")
            assert len(reader.entries(career, reader.known())) == 2
    with closing(open_ledger(database)) as later, pytest.raises(StaleCareerError):
        later.record(career, said(resigned("2015-12-31")), author="clerk", expected=seen)
    assert stored(database)[0] == 2


def test_of_many_who_write_the_same_next_entry_one_succeeds(bench: Bench) -> None:
    career = career_of(bench.ledger)

    def attempt(day: int) -> bool:
        try:
            bench.ledger.record(career, said(commended(f"2015-05-{day:02}")), author="clerk", expected=0)
        except StaleCareerError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(1, 9))) == 1
    assert bench.ledger.known().position == 1


def test_many_threads_leave_no_gap(bench: Bench) -> None:
    careers = [career_of(bench.ledger, f"B-{number}") for number in range(8)]

    def work(career: UUID) -> None:
        for day in range(1, 6):
            bench.ledger.record(career, said(commended(f"2015-05-{day:02}")), author="clerk", expected=day - 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, careers))
    assert [entry.position for entry in entries_in(bench.ledger)] == list(range(1, 41))


def clock(*moments: datetime) -> Callable[[], datetime]:
    left = list(moments)
    return lambda: left.pop(0)


def test_recorded_at_does_not_go_back_when_the_clock_is_set_back(database: Database) -> None:
    hour = timedelta(hours=1)
    with closing(open_ledger(database, clock(NOW, NOW - hour, NOW + hour))) as ledger:
        days = ("2015-05-04", "2016-05-04", "2017-05-04")
        made = [ledger.record(career_of(ledger), said(commended(day)), author="clerk")[0] for day in days]
    assert [entry.state.recorded_at for entry in made] == [NOW, NOW, NOW + hour]


@pytest.mark.parametrize(
    "impossible",
    [
        resigned("2013-12-31"),
        hired("2015-01-01"),
        voided(9),
        corrected(4, hired()),
        {"fact": "assigned", "on": "2015-01-01", "community": "150103001001"},
    ],
    ids=lambda fact: fact["fact"],
)
def test_a_batch_with_one_impossible_fact_stores_nothing(bench: Bench, impossible: dict[str, object]) -> None:
    career = career_of(bench.ledger)
    with pytest.raises(ImpossibleFactError):
        bench.ledger.record(career, said(hired(), commended("2015-05-04"), impossible), author="clerk")
    assert bench.ledger.known().position == 0
    assert entries_in(bench.ledger) == []


def test_a_correction_takes_two_people(bench: Bench) -> None:
    with pytest.raises(MalformedError, match="approved_by"):
        bench.ledger.record(career_of(bench.ledger), said(hired(), voided(1, "clerk ")), author="clerk")
    assert bench.ledger.known().position == 0


def test_a_new_fact_that_makes_an_old_one_impossible_names_it(bench: Bench) -> None:
    career = career_of(bench.ledger)
    bench.ledger.record(career, said(hired("2014-09-01"), resigned("2016-01-31")), author="clerk")
    with pytest.raises(ImpossibleFactError, match="entry 2") as refused:
        bench.ledger.record(career, said(resigned("2015-06-30")), author="clerk")
    assert (refused.value.number, refused.value.contradicts) == (3, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET state = x'7b7d' WHERE position = 1",
        "UPDATE entries SET position = 9",
        "DELETE FROM entries",
        "INSERT INTO entries SELECT * FROM entries WHERE 1 ON CONFLICT (position) DO UPDATE SET topic = 'died'",
    ],
)
def test_the_database_refuses_to_edit_and_to_delete(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "ledger.db"
    with closing(open_ledger(path)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
    before = stored(path)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never"),
    ):
        connection.execute(statement)
    assert stored(path) == before


@pytest.mark.parametrize("writing", [True, False])
def test_every_connection_is_durable(tmp_path: Path, writing: bool) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(path).close()
    with closing(open_ledger(path, writing=writing)) as ledger:
        one, other, third = (ledger.recorder.reading() for _ in range(3))
        with one as first, other as second, third as last:
            assert len({id(connection) for connection in (first, second, last)}) == 3
            for connection in (first, second, last):
                assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
                assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_readers_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(path).close()
    with (
        closing(open_ledger(path, writing=False)) as ledger,
        ledger.recorder.reading() as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("UPDATE ledger SET head = 9")


def test_facts_of_one_person_in_two_communities_are_one_career(bench: Bench) -> None:
    career = career_of(bench.ledger, SOMEBODY)
    bench.ledger.record(career, said(hired(community=HERE), hired("2015-01-01", NEXT_DOOR)), author="clerk")
    assert [entry.number for entry in bench.ledger.entries(career, bench.ledger.known())] == [1, 2]
    assert bench.ledger.career_of(str(career).upper()) == career
