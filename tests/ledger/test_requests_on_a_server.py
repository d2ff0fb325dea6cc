"""Requests on a PostgreSQL server whose connection breaks while it commits: that is what they are for."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from domain.errors import OutcomeUnknownError
from domain.ledger import Ledger
from domain.requests import Request
from domain.stores.appending import Appending
from domain.stores.group import GroupCommit
from tests.ledger.cutting import Cutting, cutting
from tests.ledger.queueing import Queue
from tests.ledger.saying import career_of, commended, entries_in, said, told
from tests.ledger.shell import PATIENCE
from tests.postgres_server import Server
from tests.running import open_ledger

pytestmark = pytest.mark.stores("postgres")


def request(key: int) -> Request:
    return Request(bytes([key]) * 16, bytes(16))


@pytest.fixture
def cut(database: str, postgres_server: Server) -> Iterator[tuple[Ledger, Cutting]]:
    """A ledger behind a connection that can be cut, with one entry."""
    with (
        TemporaryDirectory(prefix="cut-", dir="/tmp") as folder,
        cutting(Path(folder), postgres_server.folder) as between,
        closing(open_ledger(database.replace(str(postgres_server.folder), folder))) as ledger,
    ):
        ledger.record(career_of(ledger), said(commended("2015-05-04")), author="clerk")
        yield ledger, between


def record(ledger: Ledger, key: int) -> list[tuple[int, int]]:
    facts = said(commended("2016-05-04"), commended("2016-05-05"))
    return told(ledger.record(career_of(ledger), facts, author="clerk", expected=1, request=request(key)))


@pytest.mark.parametrize("when", ["before", "after"])
def test_after_an_unknown_outcome_the_same_request_is_recorded_once(
    cut: tuple[Ledger, Cutting], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """As if the connection stayed away while the group asks what became of it, so that nobody can say."""
    ledger, between = cut
    monkeypatch.setattr(GroupCommit, "_went_in", lambda *_: False)
    between.cut = when
    with pytest.raises(OutcomeUnknownError, match="not known whether"):
        record(ledger, 1)
    assert record(ledger, 1) == record(ledger, 1) == [(2, 2), (3, 3)]
    assert told(entries_in(ledger)) == [(1, 1), (2, 2), (3, 3)]


@contextmanager
def _cut_at_its_commit(begin: Callable[[], Any], between: Cutting) -> Iterator[Appending]:
    with begin() as transaction:
        if transaction.head == 1:
            between.cut = "after"
        yield transaction


def test_a_group_whose_answer_is_lost_is_told_what_it_recorded_and_may_ask_again(cut: tuple[Ledger, Cutting]) -> None:
    ledger, between = cut
    with closing(Queue(ledger)) as queue:
        queue.hold()
        calls = [queue.run(lambda: record(ledger, 1)) for _ in range(2)]
        queue.release(lambda begin: _cut_at_its_commit(begin, between))
        assert [call.result(PATIENCE) for call in calls] == [[(2, 2), (3, 3)]] * 2
    assert record(ledger, 1) == [(2, 2), (3, 3)]
    assert len(entries_in(ledger)) == 3
