"""One career, folded once for all kept tables."""

from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from domain.calendar import Day
from domain.entry import Entry
from domain.fold import fold
from domain.history import history
from domain.regulation.days import Stretch, day_model
from domain.regulation.readings import Readings
from projections.kept.whereabouts import Whereabouts


class Folded:
    """What the tables make their rows of: all by the functions that answer live.

    `horizon` is the last day for which yearly rules are judged.
    """

    def __init__(self, career: bytes, entries: Sequence[Entry], readings: Readings, horizon: Day) -> None:
        self.key = career
        self.readings = readings
        self.horizon = horizon
        self.entries = entries
        self.history = history(entries)
        self.career = fold(self.history)

    @property
    def uuid(self) -> UUID:
        """The career's key as people write it."""
        return UUID(bytes=self.key)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The day model."""
        return day_model(self.career, self.readings)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Where the person served when."""
        return Whereabouts(self.career)
