"""Requests against a model that keeps them in a dictionary: one after another, and in groups."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as having
from hypothesis import strategies as st

from domain.errors import ImpossibleFactError, LedgerError, ReusedKeyError, StaleCareerError
from domain.ledger import Ledger
from domain.line import Said
from domain.requests import Request
from domain.stores.appending import Appending
from domain.stores.together import Together
from domain.workers import WorkerKeys
from tests.ledger.saying import career_of, commended, entries_in, resigned, said
from tests.running import KEY, NOW, Databases, open_ledger

WORKERS = ("A", "B")


class Sent(NamedTuple):
    """A request as a caller sends it: of whom, with which key if any, how much, what was seen, and if it can be."""

    worker: str
    key: int
    facts: int
    seen: int | None
    possible: bool

    @property
    def request(self) -> Request | None:
        """What is asked is told by how much it says and whether it can be; another author is not in question here."""
        content = bytes([self.facts, self.possible]) * 8
        return Request(bytes([self.key]) * 16, content) if self.key else None

    @property
    def said(self) -> list[Said]:
        facts = said(*(commended("2015-05-04", f"{number}") for number in range(self.facts)))
        return facts if self.possible else [*facts, *said(resigned("2015-05-04"))]


sent = st.builds(
    Sent,
    st.sampled_from(WORKERS),
    st.integers(0, 3),
    st.integers(0, 3),
    st.none() | st.integers(0, 4),
    st.sampled_from([True, True, True, False]),
)


class Model:
    """What a ledger with requests is: careers that grow, and what was answered to each key."""

    def __init__(self) -> None:
        self.head = 0
        self.careers: dict[str, int] = dict.fromkeys(WORKERS, 0)
        self.answered: dict[int, tuple[Sent, Any]] = {}

    def answer(self, one: Sent) -> Any:
        """Positions and numbers, or the kind of error."""
        before = self.answered.get(one.key)
        if one.key and before is not None:
            same = before[0]._replace(seen=None) == one._replace(seen=None)
            return before[1] if same else ReusedKeyError
        length = self.careers[one.worker]
        if one.seen is not None and one.seen != length:
            return StaleCareerError
        if not one.possible:
            return ImpossibleFactError
        recorded = [(self.head + place, length + place) for place in range(1, one.facts + 1)]
        self.head, self.careers[one.worker] = self.head + one.facts, length + one.facts
        self.answered[one.key] = one, recorded
        return recorded


def answer(ledger: Ledger, one: Sent) -> Any:
    try:
        entries = ledger.record(
            career_of(ledger, one.worker), one.said, author="clerk", expected=one.seen, request=one.request
        )
    except LedgerError as error:
        return type(error)
    return [(entry.position, entry.number) for entry in entries]


@pytest.mark.stores("sqlite", "postgres")
def test_it_answers_as_the_model_does(databases: Databases) -> None:
    @given(st.lists(sent, max_size=12))
    @having(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    def agree(sends: list[Sent]) -> None:
        model = Model()
        with closing(fresh(databases)) as ledger:
            for one in sends:
                assert answer(ledger, one) == model.answer(one)
            assert len(entries_in(ledger)) == ledger.known().position == model.head

    agree()


def fresh(databases: Databases) -> Ledger:
    """A ledger that nobody has written to: in memory, or on a server of its own name."""
    database = databases("fresh")
    return open_ledger(database) if isinstance(database, str) else in_memory()


def in_memory() -> Ledger:
    return Ledger("sqlite:///:memory:", workers=WorkerKeys(KEY), now=lambda: NOW, writing=True)


class Inside(Ledger):
    """A ledger whose callers are all in the groups that a test makes."""

    def in_groups(self, groups: Sequence[Sequence[Sent]]) -> Iterator[Any]:
        """The answers of callers who share transactions."""
        alone = self.recorder.together
        for group in groups:
            with self.recorder.appending() as stored:
                together = Together(stored)
                for one in group:
                    self.recorder.together = _within(together)  # type: ignore[method-assign]
                    yield answer(self, one)
                together.write()
        self.recorder.together = alone  # type: ignore[method-assign]


def _within(together: Together) -> Any:
    """Decide in a group, as a caller of it does."""

    def decide(_: Sequence[bytes], work: Any, *, requests: Sequence[bytes]) -> Any:
        assert len(requests) <= 1
        transaction: Appending = together
        try:
            result = work(transaction)
        except LedgerError:
            together.forget()
            raise
        together.keep()
        return result

    return decide


@given(st.lists(st.lists(sent, max_size=6), max_size=4))
def test_a_group_comes_to_the_same_as_one_request_after_another(groups: list[list[Sent]]) -> None:
    model = Model()
    with closing(Inside("sqlite:///:memory:", workers=WorkerKeys(KEY), now=lambda: NOW, writing=True)) as ledger:
        assert list(ledger.in_groups(groups)) == [model.answer(one) for group in groups for one in group]
        assert ledger.known().position == model.head
        for one in (one for group in groups for one in group if one.key):
            assert answer(ledger, one) == model.answer(one)
