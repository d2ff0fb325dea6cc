"""Corrections 更正 in two steps by two people: a clerk proposes, an approver 审批人 decides.

Until it is approved, a proposal is no fact: no answer knows of it. What approval records says who vouched for it and
who approved, who must be two (the contract; the ledger refuses it otherwise).
"""

from contextlib import suppress
from typing import Literal
from uuid import UUID

import msgspec
from litestar import Controller

from api.office.errors import NO_PROPOSAL, ProposalNotFoundError
from api.office.records import Proposal
from api.questions import career_named
from api.readers.clerks import digested, request_of
from api.readers.proposals import (
    ANOTHER,
    Correcting,
    Deciding,
    Proposals,
    Proposed,
    amendment_of,
    correction_of,
    said_of,
)
from api.web import measuring
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import AFTER, HOUSE, LIMIT, QUESTION
from api.web.telling import Told, told
from domain.errors import RefusedError
from domain.requests import Request
from domain.words import Phrase
from projections.asking import Asked
from projections.preview import Preview, preview

PROPOSE = Operation(
    "propose",
    Phrase("申请更正或作废一条记录", "Propose to correct an entry, or to void it"),
    tells=Proposed, takes=QUESTION, body=Correcting, status=201, records=True, waits=True, keyed=True, matches=True,
)  # fmt: skip
LISTED = Operation(
    "proposals",
    Phrase("一份履历的更正申请", "The corrections that were proposed for a career"),
    tells=Proposals, tagged=False,
)  # fmt: skip
ONE = Operation(
    "proposals",
    Phrase("一项更正申请,及其将带来的变化", "One proposal, and what would change by it"),
    tagged=False, tells=Proposed, takes=QUESTION, name="proposal",
)  # fmt: skip
PENDING = Operation(
    "proposals",
    Phrase("待审批的更正申请", "Corrections that wait for approval"),
    tagged=False, tells=Proposals, takes=(*HOUSE, AFTER, LIMIT), name="pending_proposals", lasting=True,
)  # fmt: skip
APPROVE = Operation(
    "approve",
    Phrase("批准更正:由第二人记录", "Approve a correction: the second person's part, which records it"),
    tells=Proposed, body=Deciding, problems=(409,), records=True, waits=True,
)  # fmt: skip
REJECT = Operation(
    "reject",
    Phrase("驳回更正申请", "Reject a correction"),
    tells=Proposed, body=Deciding, records=True, waits=True, problems=(409,),
)  # fmt: skip


class Corrections(Controller):
    """Proposing and deciding."""

    path = "/careers/{career:uuid}/corrections"
    tags = ("corrections",)

    @route("POST", "/", PROPOSE)
    def propose(self, asking: Asking) -> Told:
        career = asking.path["career"]
        asking.person(career)
        wanted: Correcting = asking.body
        expected = asking.if_match
        proposal = Proposal(
            id=_id_of(asking),
            career=career,
            amendment=msgspec.json.encode(amendment_of(wanted, ANOTHER)).decode(),
            act=wanted.act,
            expected=expected or 0,
            proposed_by=_name(asking),
            proposed_at=asking.at,
        )
        known = asking.house.office.proposals.find(proposal.id)
        changes = _preview(asking, proposal, expected) if known is None else None
        kept = asking.house.office.proposals.propose(proposal)
        return _told(asking, kept, changes, status=201, location=f"/careers/{career}/corrections/{kept.id}")

    @route("GET", "/", LISTED)
    def listed(self, asking: Asking) -> Told:
        career = asking.path["career"]
        asking.person(career)
        found = tuple(map(correction_of, asking.house.office.proposals.of_career(career)))
        return told(Proposals(found, None), asking.language, (career,), asking.known().position)

    @route("GET", "/{proposal:uuid}", ONE)
    def one(self, asking: Asking) -> Told:
        asking.person(asking.path["career"])
        proposal = _find(asking)
        changes = None
        if proposal.state == "pending":
            with suppress(RefusedError):  # It does not fit any more: approval says why, and it can be rejected.
                changes = _preview(asking, proposal)
        return _told(asking, proposal, changes)

    @route("POST", "/{proposal:uuid}/approval", APPROVE)
    def approve(self, asking: Asking) -> Told:
        """It is seen to be possible, then approved for good, then recorded: whoever was cut off asks again."""
        asking.person(asking.path["career"])
        proposal = _find(asking)
        said = [said_of(proposal, _name(asking))]
        house = asking.house
        if proposal.state == "pending":
            house.ledger.preview(proposal.career, said, author=proposal.proposed_by)
        _decide(asking, proposal, "approved")
        entry = house.ledger.record(
            proposal.career, said, author=proposal.proposed_by, request=_recorded_once(proposal)
        )[0]
        measuring.recorded(1)
        return _told(asking, _decide(asking, proposal, "approved", entry.number), None, position=entry.position)

    @route("POST", "/{proposal:uuid}/rejection", REJECT)
    def reject(self, asking: Asking) -> Told:
        asking.person(asking.path["career"])
        return _told(asking, _decide(asking, _find(asking), "rejected"), None)


class PendingCorrections(Controller):
    """What waits for a second person, in reach."""

    path = "/corrections"
    tags = ("corrections",)

    @route("GET", "/", PENDING)
    def pending(self, asking: Asking) -> Told:
        asking.permit("proposals", None)
        limit = asking.whole("limit", 100)
        after = career_named(asking.words["after"], "after") if "after" in asking.words else None
        found: list[Proposal] = []
        more = True
        while more and len(found) <= limit:
            some = asking.house.office.proposals.pending(after, limit + 1)
            more, after = len(some) > limit, some[-1].id if some else None
            found += [one for one in some if asking.reaches(one.career)]
        listed = found[:limit]
        following = str(listed[-1].id) if len(found) > limit else None
        answer = Proposals(tuple(map(correction_of, listed)), following)
        careers = list(dict.fromkeys(one.career for one in listed))
        return told(answer, asking.language, careers, asking.known().position)


def _name(asking: Asking) -> str:
    assert asking.subject is not None
    return asking.subject.name


def _id_of(asking: Asking) -> UUID:
    """The proposal's id, made of the caller's key: asked twice, it is proposed once."""
    return UUID(bytes=request_of(asking).key[:16])


def _recorded_once(proposal: Proposal) -> Request:
    """What the ledger knows the approval again by: there is one a proposal."""
    return digested(b"proposal " + proposal.id.bytes, proposal.amendment.encode())


def _find(asking: Asking) -> Proposal:
    """The proposal of the path. Raises `ProposalNotFoundError`, also if it is one for another career."""
    found = asking.house.office.proposals.find(asking.path["proposal"])
    if found is None or found.career != asking.path["career"]:
        raise ProposalNotFoundError(NO_PROPOSAL())
    return found


def _decide(
    asking: Asking, proposal: Proposal, state: Literal["approved", "rejected"], entry: int | None = None
) -> Proposal:
    """The proposal as decided. Raises `AlreadyDecidedError` if it was decided otherwise before."""
    return asking.house.office.proposals.decide(
        proposal.id, state, by=_name(asking), at=asking.at, decision=asking.body.comment, entry=entry
    )


def _preview(asking: Asking, proposal: Proposal, expected: int | None = None) -> Preview:
    """What would change by it. Raises what approval would be refused with."""
    said = [said_of(proposal, ANOTHER)]
    known, drafted = asking.house.ledger.preview(proposal.career, said, author=proposal.proposed_by, expected=expected)
    question = asking.question()
    asked = Asked(proposal.career, str(proposal.career), question.on, asking.known(), question.readings)
    return preview(known, drafted, asked)


def _told(
    asking: Asking,
    proposal: Proposal,
    changes: Preview | None,
    *,
    position: int | None = None,
    status: int | None = None,
    location: str = "",
) -> Told:
    return told(
        Proposed(correction_of(proposal), changes),
        asking.language,
        (proposal.career,),
        asking.known().position if position is None else position,
        outcome="recorded" if asking.operation.records else "answered",
        status=status,
        location=location,
    )
