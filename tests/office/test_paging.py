"""Paging through the access log: against a list, and while others write."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.office import asking
from api.office.log import AccessLog
from api.office.opening import Office, office_of
from api.office.paging import Cursor, Page
from api.office.records import Accessed, Answered
from domain.errors import QuestionError
from tests.office.desk import PATIENCE, answered, career, later, opened
from tests.running import Database

PLACES = 6


class Rest(NamedTuple):
    """What a reader wants, and how it is asked for."""

    wants: Callable[[Accessed], bool]
    words: dict[str, Any]


def test_a_cursor_is_read_as_it_was_written() -> None:
    for cursor in (Cursor(), Cursor(417), Cursor(417, career(3)), Cursor(2**59)):
        assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "-1", "1.", "1.2", " 1", "1\n", "1e3", "٣", "1.0190", f"{career(1)}", f"1.{career(1)}", "9" * 19]
)
def test_a_cursor_that_nobody_gave_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="what the page before gave"):
        Cursor.read(text)


def pages(log: AccessLog, limit: int, **words: Any) -> Iterator[Page]:
    """All pages, until the log holds nothing more."""
    after = Cursor()
    while True:
        page = log.page(after=after, limit=limit, **words)
        yield page
        if page.ended:
            return
        assert page.after != after
        after = Cursor.read(str(page.after))


def records(log: AccessLog, limit: int, **words: Any) -> list[Accessed]:
    return [record for page in pages(log, limit, **words) for record in page.records]


def expected(answers: list[Answered]) -> list[tuple[int, Any]]:
    """(number, career) of all records, in their order."""
    return [
        (number, each)
        for number, one in enumerate(answers, 1)
        for each in sorted(set(one.careers), key=lambda each: each.bytes) or [None]
    ]


answers = st.lists(
    st.builds(
        lambda places, subject, role, outcome, second: answered(
            *places, subject=subject, role=role, outcome=outcome, at=later(second)
        ),
        st.lists(st.integers(1, PLACES), max_size=PLACES),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["auditor", "clerk"]),
        st.sampled_from(["answered", "denied"]),
        st.integers(0, 4),
    ),
    max_size=25,
)


def moments() -> Any:
    return st.none() | st.integers(0, 4).map(later)


def inside(at: datetime, first: datetime | None, last: datetime | None) -> bool:
    return (first is None or first <= at) and (last is None or at <= last)


rests = st.builds(
    lambda subject, place, first, last, role, outcome, seen: Rest(
        lambda record: (
            subject in (None, record.subject)
            and (place is None or record.career == career(place))
            and inside(record.at, first, last)
            and role in (None, record.role)
            and outcome in (None, record.outcome)
            and (seen is None or record.career in seen)
        ),
        {
            "subject": subject,
            "career": None if place is None else career(place),
            "first": first,
            "last": last,
            "role": role,
            "outcome": outcome,
            "careers": seen,
        },
    ),
    st.sampled_from([None, None, "a", "nobody"]),
    st.sampled_from([None, None, 1, 2, 99]),
    moments(),
    moments(),
    st.sampled_from([None, None, "clerk"]),
    st.sampled_from([None, None, "denied"]),
    st.none() | st.sets(st.none() | st.integers(1, PLACES).map(career)),
)


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Any]]:
    """A fresh office for each example: in memory, or in a database that is emptied by being given back."""
    made: list[str] = []

    def fresh(store: str) -> closing[Office]:
        if store == "sqlite":
            return closing(office_of("sqlite:///:memory:"))
        server = request.getfixturevalue("postgres_server")
        while made:
            server.give_back(made.pop())
        made.append(server.fresh())
        return closing(office_of(made[-1]))

    yield fresh
    for one in made:
        request.getfixturevalue("postgres_server").give_back(one)


def check_pages(office: Office, told: list[Answered], rest: Rest, limit: int) -> None:
    for future in [office.log.submit(one) for one in told]:
        future.result(PATIENCE)
    everything = records(office.log, 1000)
    assert [(record.number, record.career) for record in everything] == expected(told)
    wanted = [record for record in everything if rest.wants(record)]
    found = list(pages(office.log, limit, **rest.words))
    assert [record for page in found for record in page.records] == wanted
    assert all(len(page.records) <= limit for page in found)
    one = career(1)
    of_one = [record for record in everything if record.career == one and record.role != "clerk"]
    hidden = frozenset({"clerk"})
    assert office.log.of_career(one, hidden_roles=hidden) == of_one
    assert office.log.latest_of_career(one, limit=limit, hidden_roles=hidden) == of_one[::-1][:limit]


@pytest.mark.stores("sqlite", "postgres")
def test_pages_are_the_list_cut_into_pieces(url: Callable[[str], Any], store: str) -> None:
    @settings(max_examples=150 if store == "sqlite" else 25)
    @given(told=answers, rest=rests, limit=st.integers(1, 7))
    def holds(told: list[Answered], rest: Rest, limit: int) -> None:
        with url(store) as office:
            check_pages(office, told, rest, limit)

    holds()


@settings(max_examples=60)
@given(told=answers, rest=rests, limit=st.integers(1, 4))
def test_a_page_that_has_looked_at_enough_says_where_to_go_on(told: list[Answered], rest: Rest, limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch, closing(office_of("sqlite:///:memory:")) as office:
        patch.setattr(asking, "SCANNED", 5)
        patch.setattr(asking, "AT_A_TIME", 2)
        check_pages(office, told, rest, limit)


def test_a_page_of_no_records_is_no_question() -> None:
    with closing(office_of("sqlite:///:memory:")) as office, pytest.raises(ValueError, match="0"):
        office.log.page(limit=0)


@pytest.mark.stores("sqlite", "postgres")
def test_paging_misses_nothing_and_repeats_nothing_while_others_write(database: Database) -> None:
    """Several writers, of two offices if the store lets them, and a reader that goes on from where it is."""
    with opened(database) as office, opened(database) as other:
        writers = [office, office] if not isinstance(database, str) else [office, other]
        ended, submitted = Event(), []

        def write(one: Office, start: int) -> None:
            for number in range(150):
                places = range(start, start + number % 4)
                submitted.append((one.log.submit(answered(*places)), number % 4 or 1))
                if number % 7 == 0:
                    submitted[-1][0].result(PATIENCE)

        threads = [Thread(target=write, args=(one, place * 10)) for place, one in enumerate(writers)]
        read: list[tuple[int, Any]] = []

        def follow() -> None:
            after = Cursor()
            while True:
                last_look = ended.is_set()
                page = other.log.page(after=after, limit=7)
                read.extend((record.number, record.career) for record in page.records)
                after = page.after
                if page.ended and last_look:
                    return

        reader = Thread(target=follow)
        for thread in (reader, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        numbers = [future.result(PATIENCE) for future, _ in submitted]
        ended.set()
        reader.join()
        assert sorted(numbers) == list(range(1, 301))
        assert len(read) == sum(count for _, count in submitted)
        assert read == [(record.number, record.career) for record in records(office.log, 1000)]
