"""What every answer says of its question: of whom, on which day, as known when, under which readings."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.career import Career
from domain.known import Known
from domain.regulation.article import EDITION
from domain.regulation.readings import Readings


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


def unplaced(career: Career) -> tuple[int, ...]:
    """The entries that do not fit yet: what they need was learned later."""
    return tuple(sorted(misfit.number for misfit in career.misfits))
