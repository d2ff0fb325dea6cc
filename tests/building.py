"""Entries and careers from facts, as the ledger would have them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from domain.career import Career
from domain.entry import Entry, State
from domain.facts import AnyFact
from domain.fold import fold
from domain.history import history
from domain.known import Known
from domain.regulation.readings import Readings, parse
from projections.asking import Asked
from projections.wire import to_json

CAREER = UUID("00000000-0000-8000-8000-000000000001")
LEARNED = datetime(2026, 11, 24, 8, tzinfo=UTC)


def entries_of(facts: Sequence[AnyFact]) -> list[Entry]:
    """One entry a fact, learned one second after another."""
    return [
        Entry(CAREER, number, number, State(LEARNED + timedelta(seconds=number), "clerk", fact))
        for number, fact in enumerate(facts, 1)
    ]


def career_of(facts: Sequence[AnyFact]) -> Career:
    """The career that the facts make."""
    return fold(history(entries_of(facts)))


def asked(on: date, readings: dict[str, Any] | None = None) -> Asked:
    """A question with all of it known."""
    return Asked(CAREER, "w", on, Known(1, LEARNED), chosen(readings))


def chosen(readings: dict[str, Any] | None) -> Readings:
    return parse(f"{name}={value}" for name, value in (readings or {}).items())


def told(answer: object) -> Any:
    """An answer as its JSON says it."""
    return msgspec.json.decode(to_json(answer, "en"))
