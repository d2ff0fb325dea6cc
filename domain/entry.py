"""The envelope of a fact, and its bytes: one encoding, one byte string.

The stored text is deterministic JSON: fields in the order below, defaults left out, no white space. Its career, its
number and its position stand beside it in the store, and its topic is the fact's tag. On import, unknown fields are
refused; on read they are passed over, so that an older program reads what a newer one wrote.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from domain.facts import AnyFact

Moment = Annotated[datetime, Meta(tz=True)]
"""An instant with its zone; stored in UTC, to the microsecond."""


class Evidence(Struct, frozen=True, omit_defaults=True, gc=False):
    """An attachment, by digest: the ledger stores no files."""

    kind: str
    reference: str
    sha256: str = ""


class State(Struct, frozen=True, omit_defaults=True, gc=False):
    """What is stored of an entry: who vouched for which fact, when, and on what it rests."""

    recorded_at: Moment
    recorded_by: str
    fact: AnyFact
    act: str = ""
    evidence: tuple[Evidence, ...] = ()


class _Recorded(Struct, frozen=True, gc=False):
    recorded_at: Moment


class Entry(Struct, frozen=True, gc=False):
    """One line of the ledger.

    `number` counts in the career from 1, `position` in the whole ledger from 1; both are contiguous and never reused.
    """

    career: UUID
    number: int
    position: int
    state: State

    @property
    def originator_id(self) -> UUID:
        """The career, as eventsourcing calls it."""
        return self.career

    @property
    def originator_version(self) -> int:
        """The number, as eventsourcing calls it."""
        return self.number


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(State)
_MOMENT = msgspec.json.Decoder(_Recorded)


def encode(state: State) -> bytes:
    """The one byte string of a state."""
    return _ENCODER.encode(state)


decode: Callable[[bytes], State] = _DECODER.decode
"""A stored state, unknown fields passed over. Raises `msgspec.MsgspecError` if it is not one."""


def decode_moment(stored: bytes) -> datetime:
    """When a stored state was recorded. Raises `msgspec.MsgspecError` if it does not say."""
    return _MOMENT.decode(stored).recorded_at


def utc(moment: datetime) -> datetime:
    """The moment in UTC, so that one moment has one text."""
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
