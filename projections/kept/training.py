"""Kept table `training` 专门培训 (Art. 20): the hours that each calendar year owes, and the trainings done in it.

One row for every year that owes hours. The trainings are kept one by one, so that the hours done by any day of the year
can be told. A year that is not over is judged as all facts known tell it: an open post is projected as open.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from domain.calendar import Day, year_of
from domain.facts import Trained
from domain.regulation.training import SpecialTraining
from domain.regulation.years import year_range
from projections.kept.folded import Folded
from projections.kept.table import Table
from projections.wire import json_text


class Session(NamedTuple):
    """One training of a year: its last day, its hours 学时, and the entries that tell of it."""

    day: Day
    hours: float
    entries: tuple[int, ...]


SESSIONS = msgspec.json.Decoder(tuple[Session, ...])
"""Reads the column `sessions`: the trainings of a year, by their day."""


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """All years that owe hours, up to and with the horizon's: whatever day may be asked about has its year."""
    _, after = year_range(year_of(folded.horizon))
    training = SpecialTraining(folded.career, folded.readings)
    written: dict[tuple[tuple[int, ...], ...], str] = {}  # Most years rest on the same posts.
    for year, owed, _ in training.years(after):
        if owed > 0:
            served = tuple(training.served(year))
            if served not in written:
                written[served] = json_text(sorted(set(chain.from_iterable(served))))
            notes = training.sessions_of(year)
            sessions = [(one.day, one.fact.hours, one.entries) for one in notes if isinstance(one.fact, Trained)]
            yield folded.key, year, owed, json_text(sessions), written[served]


TRAINING = Table(
    "training",
    {"career": "BLOB", "year": "INTEGER", "owed": "REAL", "sessions": "TEXT", "entries": "TEXT"},
    key=("career", "year"),
    indexes=(),
    rows=rows,
)
