"""Where a reader of the access log is, and what it has read."""

import re
from typing import Self
from uuid import UUID

from msgspec import Struct

from api.office.errors import NOT_A_CURSOR
from api.office.records import Accessed
from domain.errors import QuestionError

_WRITTEN = re.compile(r"(\d{1,18})(?:\.([0-9a-f]{32}))?", re.ASCII)


class Cursor(Struct, frozen=True):
    """After which record to go on: records are in the order of (number of the answer, career).

    Without a career it is after all of that answer, so `Cursor(0)` is before the first record. What a cursor is after
    never changes: numbers are given in the order of the commits, and whom an answer told of is stored with it.
    """

    number: int = 0
    career: UUID | None = None

    def __str__(self) -> str:
        return str(self.number) if self.career is None else f"{self.number}.{self.career.hex}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that was written as this. Raises `QuestionError`."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise QuestionError(NOT_A_CURSOR())
        number, career = found.groups()
        return cls(int(number), None if career is None else UUID(hex=career))


class Page(Struct, frozen=True):
    """A page of the access log.

    `after` is where the next page begins. `ended` says that the log held nothing more when this was read; until then
    there may be more, even if this page has fewer records than were asked for, or none.
    """

    records: tuple[Accessed, ...]
    after: Cursor
    ended: bool
