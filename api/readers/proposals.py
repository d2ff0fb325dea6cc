"""A proposed correction: as it is asked for, as the office keeps it, as it is told, and as the fact it would be."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from api.office.records import Proposal, ProposalState
from domain.errors import MalformedError
from domain.facts import Corrected, PlainFact, Voided
from domain.line import Said, read_fact
from domain.words import Phrase
from projections.preview import Preview

NOT_PLAIN = Phrase(
    "replacement:应为普通事实;要更正一项更正,请以其编号另行申请",
    "replacement: a plain fact, please; to correct a correction, propose one with its number",
)
ANOTHER = "—"
"""Stands for the second person while there is none yet."""

Text = Annotated[str, Meta(min_length=1, max_length=1000)]


class Correcting(Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry should say, and why; without a replacement it is to be void."""

    number: Annotated[int, Meta(ge=1)]
    reason: Text
    replacement: msgspec.Raw = msgspec.Raw(b"null")
    act: Annotated[str, Meta(max_length=200)] = ""


class Deciding(Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is approved or rejected."""

    comment: Annotated[str, Meta(max_length=1000)] = ""


class Correction(Struct, frozen=True):
    """A proposal and how it stands. Without a replacement, the entry `number` is to be void.

    `entry` is the number of the entry that the approval recorded.
    """

    id: UUID
    career: UUID
    number: int
    replacement: PlainFact | None
    reason: str
    act: str
    state: ProposalState
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    comment: str
    entry: int | None


class Proposed(Struct, frozen=True):
    """A proposal, and what would change by it as the career is now; None once it is decided, or if it does not fit."""

    correction: Correction
    preview: Preview | None


class Proposals(Struct, frozen=True):
    """Proposals, oldest first; `next` is what to go on after, null at the end."""

    corrections: tuple[Correction, ...]
    next: str | None


def correction_of(proposal: Proposal) -> Correction:
    """A proposal as it is told."""
    fact = _kept(proposal)
    return Correction(
        id=proposal.id,
        career=proposal.career,
        number=fact.number,
        replacement=fact.replacement if isinstance(fact, Corrected) else None,
        reason=fact.reason,
        act=proposal.act,
        state=proposal.state,
        proposed_by=proposal.proposed_by,
        proposed_at=proposal.proposed_at,
        decided_by=proposal.decided_by,
        decided_at=proposal.decided_at,
        comment=proposal.decision,
        entry=proposal.entry,
    )


def amendment_of(wanted: Correcting, approver: str) -> Corrected | Voided:
    """The fact that approval would record. Raises `MalformedError`."""
    if bytes(wanted.replacement).strip() == b"null":
        return Voided(number=wanted.number, reason=wanted.reason, approved_by=approver)
    replacement = read_fact(bytes(wanted.replacement)).fact
    if isinstance(replacement, Corrected | Voided):
        raise MalformedError(NOT_PLAIN())
    return Corrected(number=wanted.number, replacement=replacement, reason=wanted.reason, approved_by=approver)


def said_of(proposal: Proposal, approver: str) -> Said:
    """What approval by somebody would record."""
    return Said(fact=replace(_kept(proposal), approved_by=approver), act=proposal.act)


def _kept(proposal: Proposal) -> Corrected | Voided:
    fact: Corrected | Voided = msgspec.json.decode(proposal.amendment, type=Corrected | Voided)
    return fact
