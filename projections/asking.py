"""What every answer says of its question: of whom, on which day, as known when, under which readings."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.career import Career
from domain.known import Known
from domain.regulation.article import EDITION
from domain.regulation.readings import Readings
from projections.kept.snapshot import Snapshot


class Asked(Struct, frozen=True):
    """One question. `worker` is the key that was asked with, which the answer echoes."""

    career: UUID
    worker: str
    on: date
    known: Known
    readings: Readings

    @property
    def rules(self) -> str:
        """The edition of the regulation."""
        return EDITION


class Answer(Struct, frozen=True):
    """What every answer says first: of whom, on which day, as known when."""

    career: UUID
    worker: str
    on: date
    known: Known


def about(asked: Asked) -> tuple[UUID, str, date, Known]:
    """The first fields of the answer to a question."""
    return asked.career, asked.worker, asked.on, asked.known


class AskedOfDivision(Struct, frozen=True):
    """One question about all careers of a division, which is a code and stands for all codes that begin with it."""

    division: str
    on: date
    known: Known
    readings: Readings

    @property
    def rules(self) -> str:
        """The edition of the regulation."""
        return EDITION


class DivisionAnswer(Struct, frozen=True):
    """What every answer about a division says first. `parked` careers could not be folded; they may be missing."""

    division: str
    on: date
    known: Known
    parked: tuple[UUID, ...]


def about_division(asked: AskedOfDivision, snapshot: Snapshot) -> tuple[str, date, Known, tuple[UUID, ...]]:
    """The first fields of the answer to a question about a division."""
    parked = tuple(UUID(bytes=one.career) for one in snapshot.parked_in(asked.division))
    return asked.division, asked.on, asked.known, parked


def unplaced(career: Career) -> tuple[int, ...]:
    """The entries that do not fit yet: what they need was learned later."""
    return tuple(sorted(misfit.number for misfit in career.misfits))
