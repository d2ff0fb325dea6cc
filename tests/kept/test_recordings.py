"""Who recorded what, on which day, whether it still stands or not."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given

from domain.calendar import china_day
from domain.entry import Entry, State
from domain.facts import Corrected, Registered, Voided, happened_on
from domain.regulation.readings import DEFAULT
from projections.kept.folded import Folded
from projections.kept.recordings import RECORDINGS_OF, Recording, rows
from tests.building import CAREER
from tests.given import commended, corrected, hired, registered, voided
from tests.kept.recorded import offices, recorded
from tests.kept.shelves import HORIZON


def rows_of(entries: list[Entry]) -> dict[str, tuple[int, int, list[Recording]]]:
    """By author: the range of days, and the entries."""
    folded = Folded(CAREER.bytes, entries, DEFAULT, HORIZON)
    return {author: (begins, ends, RECORDINGS_OF(items)) for _, author, begins, ends, items in rows(folded)}


def ordinal(on: str) -> int:
    return date.fromisoformat(on).toordinal()


def test_each_author_has_the_entries_that_are_the_authors_own_void_or_not():
    entries = recorded(
        (hired("2020-01-01"), "2020-01-03", "clerk"),
        (commended("2021-05-04"), "2021-06-01", "li"),
        (corrected(1, hired("2020-02-01")), "2022-01-01", "clerk"),
        (voided(2), "2022-01-02", "clerk"),
    )
    assert rows_of(entries) == {
        "clerk": (
            ordinal("2020-01-03"),
            ordinal("2022-01-03"),
            [
                Recording(1, ordinal("2020-01-03"), ordinal("2020-01-01"), "hired", 0),
                Recording(3, ordinal("2022-01-01"), 0, "corrected", 1),
                Recording(4, ordinal("2022-01-02"), 0, "voided", 2),
            ],
        ),
        "li": (
            ordinal("2021-06-01"),
            ordinal("2021-06-02"),
            [Recording(2, ordinal("2021-06-01"), ordinal("2021-05-04"), "commended", 0)],
        ),
    }


def test_a_date_of_birth_is_kept_by_nobody():
    ((_, _, (one,)),) = rows_of(recorded((registered("1988-05-20"), "2020-01-03", "clerk"))).values()
    assert one == Recording(1, ordinal("2020-01-03"), 0, "registered", 0)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 5, 1, 15, 59, 59, 999_999, tzinfo=UTC),
        datetime(2024, 5, 1, 16, tzinfo=UTC),
        datetime(2024, 12, 31, 23, 59, tzinfo=UTC),
        datetime(2024, 5, 1, 23, 59, tzinfo=timezone(timedelta(hours=8))),
        datetime(2024, 5, 1, 23, 59, tzinfo=timezone(timedelta(hours=-3))),
    ],
)
def test_the_day_of_recording_is_that_in_china(moment: datetime):
    ((begins, ends, (one,)),) = rows_of([Entry(CAREER, 1, 1, State(moment, "clerk", hired("2020-01-01")))]).values()
    assert date.fromordinal(one.recorded) == china_day(moment)
    assert (begins, ends) == (one.recorded, one.recorded + 1)


def test_an_author_with_a_nul_is_one_that_every_store_can_keep():
    entries = recorded(
        (hired("2020-01-01"), "2020-01-03", "l\0"),
        (commended("2021-05-04"), "2021-06-01", "l\ufffd"),
        (commended("2022-05-04"), "2022-06-01", "l\0"),
    )
    ((author, (_, _, items)),) = rows_of(entries).items()
    assert (author, [one.number for one in items]) == ("l\ufffd", [1, 2, 3])


@given(offices())
def test_every_entry_is_in_one_row_as_it_was_said_and_the_rows_range_is_that_of_its_days(careers):
    for entries in careers.values():
        told = {}
        for author, (begins, ends, items) in rows_of(entries).items():
            assert (begins, ends) == (min(one.recorded for one in items), max(one.recorded for one in items) + 1)
            told |= {one.number: (author, one) for one in items}
        assert sorted(told) == [entry.number for entry in entries]
        for entry in entries:
            fact = entry.state.fact
            amends = isinstance(fact, Corrected | Voided)
            day = 0 if amends or isinstance(fact, Registered) else happened_on(fact).toordinal()
            recorded_on = china_day(entry.state.recorded_at).toordinal()
            expected = Recording(entry.number, recorded_on, day, fact.tag(), fact.number if amends else 0)
            assert told[entry.number] == (entry.state.recorded_by, expected)
