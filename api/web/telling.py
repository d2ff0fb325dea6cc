"""An answer on its way: its JSON, whom it discloses, and how it is known again."""

from collections.abc import AsyncIterator, Callable, Sequence
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from api.office.records import Outcome
from domain.words import Language
from projections.wire import to_json

JSON = "application/json"
NDJSON = "application/x-ndjson"
EVENTS = "text/event-stream"


class Told(Struct, frozen=True):
    """What leaves once it is logged. `careers` are all whom it tells of; `position`, how much the answer knew.

    `withheld` are others who were asked for by name, and of whom nothing is told.

    Of a stream every part is logged before it leaves, by whoever makes it.
    """

    content: bytes
    careers: Sequence[UUID]
    position: int
    outcome: Outcome = "answered"
    tag: str = ""
    media: str = JSON
    location: str = ""
    status: int | None = None
    stream: AsyncIterator[bytes] | None = None
    withheld: Sequence[UUID] = ()


class Later(NamedTuple):
    """What remains to be done once a request was understood and permitted, and waits for the store."""

    work: Callable[[], Told]


def told(  # noqa: PLR0913 - the parts of an answer
    answer: object,
    language: Language,
    careers: Sequence[UUID],
    position: int,
    *,
    tag: str = "",
    outcome: Outcome = "answered",
    location: str = "",
    status: int | None = None,
) -> Told:
    """An answer as JSON."""
    return Told(to_json(answer, language), careers, position, outcome, tag, location=location, status=status)


def unchanged(careers: Sequence[UUID], position: int, tag: str) -> Told:
    """The answer that the caller has already."""
    return Told(b"", careers, position, "not_modified", tag, status=304)


def tag_of(*parts: object) -> str:
    """A weak entity tag (RFC 9110, 8.8.1): equal as long as an answer of these parts says the same.

    It is weak, for an answer also says how far the ledger had come, and that goes on without the career.
    """
    return f'W/"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def matches(told: str, tag: str) -> bool:
    """Whether an `If-None-Match` names a tag, compared weakly (RFC 9110, 13.1.2)."""
    if told == tag:
        return True
    opaque = tag.removeprefix("W/")
    return told.strip() == "*" or any(one.strip().removeprefix("W/") == opaque for one in told.split(","))
