"""Recording: what is decided about facts that are said of a career, before anything is stored.

To record and to preview is the same decision. It is a pure function of what is known, what is said and the moment.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.calendar import china_day
from domain.entry import Entry
from domain.errors import StaleCareerError, StoreError
from domain.facts.checks import check, check_two_people
from domain.idempotency import state_of, told_by
from domain.judging import refusals
from domain.line import Said
from domain.malformed import check_text
from domain.moments import check_moment, not_before
from domain.stored import entry_of, recorded_at, row_of
from domain.stores.failures import LOST, STALE
from domain.stores.rows import Grounds, Row

Judge = Callable[[Sequence[Entry], list[Entry]], None]
"""May somebody record this? Given what is known of the career and what would be recorded, it raises if not.

It may be called in the thread of another caller, and while the ledger is locked, so it looks at what it is given and at
nothing else of the ledger.
"""


class Saying(Struct, frozen=True):
    """Facts that somebody says of a career.

    `expected` is the number of the last entry that the author has seen, None if that does not matter.
    """

    career: UUID
    said: Sequence[Said]
    author: str
    expected: int | None = None
    judge: Judge | None = None


class Decided(NamedTuple):
    """What is known of the career, the entries to be recorded, and the rows that hold them."""

    known: list[Entry]
    drafted: list[Entry]
    rows: list[Row]


def decide(saying: Saying, grounds: Grounds, now: datetime) -> Decided:
    """What is to be recorded, at the moment `now`, or at the last entry's if the clock was set back behind it.

    Refused is first what could be true of nobody, then what the judge refuses, and only then what rests on the career:
    who may not record learns nothing of it. Raises a `RefusedError`, what the judge raises, `StaleCareerError`, and
    `StoreError` if the entries that a decision rests on are lost or cannot be read.
    """
    if grounds.last is None and grounds.head:
        raise StoreError(LOST(head=grounds.head))
    known = [entry_of(row, saying.career) for row in grounds.rows]
    drafted, rows = _drafted(saying, grounds, now)
    if saying.judge is not None:
        saying.judge(known, drafted)
    if saying.expected is not None and saying.expected != len(known):
        raise StaleCareerError(STALE())
    for refusal in refusals([*known, *drafted], len(known)):
        raise refusal
    return Decided(known, drafted, rows)


def _drafted(saying: Saying, grounds: Grounds, now: datetime) -> tuple[list[Entry], list[Row]]:
    """The entries that the facts would make, each of which could be true by itself, and their rows."""
    last = recorded_at(grounds.last) if grounds.last else None
    now = not_before(last, now)
    drafted: list[Entry] = []
    rows: list[Row] = []
    for place, one in enumerate(saying.said, 1):
        state = state_of(one, now=now, author=saying.author)
        entry = Entry(saying.career, len(grounds.rows) + place, grounds.head + place, state)
        row = row_of(entry, told_by(one))
        check_moment(one.recorded_at, now=now, last=last)
        check_text(state, row.state)
        check(state.fact, today=china_day(state.recorded_at))
        check_two_people(state.fact, state.recorded_by)
        last = state.recorded_at
        drafted.append(entry)
        rows.append(row)
    return drafted, rows
