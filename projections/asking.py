"""What every answer says of its question: of whom, on which day, as known when, under which readings."""

from datetime import date
from uuid import UUID

from msgspec import Raw, Struct

from domain.career import Career
from domain.divisions import REGION_CODE
from domain.known import Known
from domain.regulation.article import EDITION
from domain.regulation.readings import Readings
from projections.kept.snapshot import Snapshot
from projections.kept.table import number_of, numbers_in


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


class Unplaced(Struct, frozen=True, gc=False):
    """A career of which some entries do not fit yet: what they need was learned later."""

    career: UUID
    entries: Raw
    """Their numbers."""


class DivisionAnswer(Struct, frozen=True):
    """What every answer about a division says first. `parked` careers could not be folded; they may be missing.

    `unplaced` are careers, of people who ever served in the division or nowhere, of which something was set aside.
    """

    division: str
    on: date
    known: Known
    parked: tuple[UUID, ...]
    unplaced: tuple[Unplaced, ...]


_UNPLACED = """
    SELECT p.career, p.unplaced FROM {people} AS p
    WHERE p.unplaced IS NOT NULL AND (
        EXISTS (SELECT 1 FROM {roster} AS r WHERE r.career = p.career AND r.community >= :first AND r.community < :end)
        OR NOT EXISTS (SELECT 1 FROM {roster} AS r WHERE r.career = p.career)
    )
    ORDER BY p.career
"""

Beginning = tuple[str, date, Known, tuple[UUID, ...], tuple[Unplaced, ...]]


def about_division(asked: AskedOfDivision, snapshot: Snapshot) -> Beginning:
    """The first fields of the answer to a question about a division."""
    parked = tuple(UUID(bytes=one.career) for one in snapshot.parked_in(asked.division))
    first, end = numbers_in(asked.division)
    aside = snapshot.select(_UNPLACED, first=first, end=end)
    unplaced = tuple(Unplaced(UUID(bytes=career), Raw(entries)) for career, entries in aside)
    return asked.division, asked.on, asked.known, parked, unplaced


def community_of(number: int) -> str:
    """The code of a community that a row names by its number; the region's own for who never served anywhere."""
    return str(number) if number != _NOWHERE else REGION_CODE


_NOWHERE = number_of(REGION_CODE)


def unplaced(career: Career) -> tuple[int, ...]:
    """The entries that do not fit yet: what they need was learned later."""
    return tuple(sorted(misfit.number for misfit in career.misfits))
