"""Recording what has been recorded records nothing: how a line is known again.

A line's idempotency key is its canonical form. An entry does not keep it: it is what the entry says, without the moment
or the author where the line had left them to be filled in, which the entry remembers in two bits.
"""

from datetime import datetime

from domain.entry import State
from domain.line import Said, encode_said

TOLD_MOMENT, TOLD_AUTHOR = 1, 2
TOLD_ALL = TOLD_MOMENT | TOLD_AUTHOR


def state_of(said: Said, *, now: datetime, author: str) -> State:
    """What is stored of a line; moment and author filled in where it left them out."""
    return State(
        recorded_at=said.recorded_at or now,
        recorded_by=said.recorded_by if said.recorded_by is not None else author,
        fact=said.fact,
        act=said.act,
        evidence=said.evidence,
    )


def told_by(said: Said) -> int:
    """Which of moment and author the line gave itself."""
    return TOLD_MOMENT * (said.recorded_at is not None) + TOLD_AUTHOR * (said.recorded_by is not None)


def keys_of(state: State, told: int, whole: bytes) -> tuple[bytes, bytes]:
    """The keys by which an entry is known again: as its line said it, and as an export says it, with all filled in.

    `whole` are the entry's stored bytes. They are the canonical form of the line with all filled in: one encoding.
    """
    if told == TOLD_ALL:
        return whole, whole
    said = Said(
        recorded_at=state.recorded_at if told & TOLD_MOMENT else None,
        recorded_by=state.recorded_by if told & TOLD_AUTHOR else None,
        fact=state.fact,
        act=state.act,
        evidence=state.evidence,
    )
    return encode_said(said), whole
