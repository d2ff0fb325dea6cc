"""The access log: what was told of whom, as long as there is a file or a server."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from api.office.errors import LogClosedError, UnkeepableError
from api.office.opening import office_of
from api.office.records import Accessed, Answered
from tests.office.desk import ASKED, PATIENCE, answered, career, disclosures_in, numbers_in, opened, told
from tests.running import Database

pytestmark = pytest.mark.stores("sqlite", "postgres")


def as_record(number: int, one: Answered, place: int | None) -> Accessed:
    fields = msgspec.structs.asdict(one) | {"career": None if place is None else career(place)}
    del fields["careers"]
    return Accessed(number=number, **fields)


def test_an_answer_is_a_record_for_each_whom_it_told_of(database: Database) -> None:
    one, of_nobody = answered(3, 1, 3), answered(outcome="denied", purpose="", position=0)
    with opened(database) as office:
        assert [office.log.submit(each).result(PATIENCE) for each in (one, of_nobody)] == [1, 2]
        page = office.log.page()
    there = sorted((1, 3), key=career)
    assert page.records == (*(as_record(1, one, place) for place in there), as_record(2, of_nobody, None))
    assert page.ended
    assert len(disclosures_in(database)) == 2


def test_a_moment_is_kept_to_the_microsecond(database: Database) -> None:
    moments = [datetime(2026, 11, 24, 8, 0, 0, 123_457, UTC), datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC)]
    with opened(database) as office:
        for moment in moments:
            office.log.submit(answered(at=moment)).result(PATIENCE)
        assert [record.at for record in office.log.page().records] == moments


def test_the_log_goes_on_where_it_ended(database: Database) -> None:
    for number in range(1, 4):
        with opened(database) as office:
            assert office.log.submit(answered(number)).result(PATIENCE) == number
    assert numbers_in(database) == [1, 2, 3]


def test_who_was_told_of_me_oldest_first_and_newest_first(database: Database) -> None:
    with opened(database) as office:
        for number in range(1, 8):
            office.log.submit(answered(1, number + 10, role="inspector" if number == 4 else "auditor"))
        office.log.check()
        log, me, hidden = office.log, career(1), frozenset({"inspector", "clerk"})
        assert [record.number for record in log.of_career(me)] == [1, 2, 3, 4, 5, 6, 7]
        assert [record.number for record in log.of_career(me, after=2, limit=3)] == [3, 4, 5]
        assert [record.number for record in log.of_career(me, after=2, limit=3, hidden_roles=hidden)] == [3, 5, 6]
        assert [record.number for record in log.latest_of_career(me, limit=3)] == [7, 6, 5]
        assert [record.number for record in log.latest_of_career(me, before=5, hidden_roles=hidden)] == [3, 2, 1]
        assert {record.career for record in log.of_career(me)} == {me}
        assert [record.number for record in log.of_career(career(13))] == [3]
        assert log.of_career(career(99)) == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "工龄\udfff"])
def test_text_that_not_every_store_can_hold_is_refused_at_once_and_harms_nobody(database: Database, text: str) -> None:
    with opened(database) as office:
        before = office.log.submit(answered(1))
        with pytest.raises(UnkeepableError, match="purpose: has a character") as refused:
            office.log.submit(answered(2, purpose=text))
        assert text not in refused.value.say("en") + refused.value.say("zh")
        assert [before.result(PATIENCE), office.log.submit(answered(3)).result(PATIENCE)] == [1, 2]


def test_all_other_text_comes_back_as_it_was(database: Database) -> None:
    texts = ["履历 😀", "'; DROP TABLE answers; --", "%s :name {}", "\\x00 \\u0000 \n\r\t\x01\x7f", '"', "", "𠀀" * 500]
    with opened(database) as office:
        for text in texts:
            office.log.submit(answered(1, purpose=text, query=text, subject=text)).result(PATIENCE)
        records = office.log.page().records
        assert [(one.purpose, one.query, one.subject) for one in records] == [(text,) * 3 for text in texts]
        assert [one.number for one in office.log.page(subject=texts[1]).records] == [2]


def test_an_answer_about_thousands_is_whole(database: Database) -> None:
    with opened(database) as office:
        office.log.submit(answered(*range(3000)))
        assert office.log.submit(answered(5)).result(PATIENCE) == 2
    assert disclosures_in(database) == [
        *sorted((career(place).bytes, 1) for place in range(3000)),
        (career(5).bytes, 2),
    ]


def test_what_was_submitted_before_it_closes_is_stored_and_afterwards_nothing_is(database: Database) -> None:
    office = office_of(f"sqlite:///{database}" if isinstance(database, Path) else database)
    futures = [office.log.submit(answered(number)) for number in range(500)]
    office.close()
    assert [future.result(0) for future in futures] == list(range(1, 501))
    assert numbers_in(database) == list(range(1, 501))
    with pytest.raises(LogClosedError, match="closed"):
        office.log.submit(ASKED)
    with pytest.raises(LogClosedError, match="closed"):
        office.log.check()


@pytest.mark.parametrize("table", ["answers", "disclosures", "proposals", "decisions", "recordings"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_what_is_kept_is_never_edited_or_deleted(database: Database, table: str, act: str) -> None:
    column = {"answers": "subject", "disclosures": "career", "proposals": "act"}.get(table, "proposal")
    with opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
    blob = "'\\x01'" if isinstance(database, str) else "x'01'"
    told(database, f"INSERT INTO proposals VALUES (1, {blob}, {blob}, '', '', 1, '', 1)")
    told(database, f"INSERT INTO decisions VALUES ({blob}, 'approved', '', 1, '')")
    told(database, f"INSERT INTO recordings VALUES ({blob}, 1)")
    with pytest.raises(Exception, match="only ever added to"):
        told(database, act.format(table, column, column))
    assert told(database, f"SELECT count(*) FROM {table}") == [(1,)]


@pytest.mark.stores("sqlite")
def test_in_a_ledger_of_memory_it_is_in_memory() -> None:
    office = office_of("sqlite:///:memory:")
    assert office.log.submit(answered(1, 2)).result(PATIENCE) == 1
    assert len(office.log.page().records) == 2
    office.log.check()
    assert office_of("sqlite:///:memory:").log.page().records == ()
    office.close()


@pytest.mark.stores("sqlite")
def test_its_files_are_for_their_owner_alone(database: Path) -> None:
    with opened(database) as office:
        office.log.submit(answered(1)).result(PATIENCE)
        made = sorted(database.parent.glob("*.office*"))
        assert [path.name[len(database.name) :] for path in made] == [
            ".office",
            ".office-shm",
            ".office-wal",
            ".office.lock",
        ]
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
