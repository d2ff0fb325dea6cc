"""Corrections that one person has proposed and a second one decides on (更正须经二人): nothing is ever updated.

A proposal is a row, the decision on it another, and that the ledger has recorded what was approved a third. So the life
of a proposal can be read from the tables, and the first of two who decide at once is the one who has decided.
"""

from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

from api.office.errors import (
    ALREADY_DECIDED,
    NO_PROPOSAL,
    OTHER_PROPOSAL,
    AlreadyDecidedError,
    OtherProposalError,
    ProposalNotFoundError,
)
from api.office.records import Proposal, ProposalState
from api.office.rows import Row, check_text, microseconds, moment
from api.office.store import Store, Values

PAGE = 100
"""Proposals of a page, if nobody says how many."""

_PROPOSALS = """
SELECT p.id, p.career, p.amendment, p.act, p.expected, p.proposed_by, p.proposed_at,
       d.state, d.decided_by, d.decided_at, d.decision, r.entry
FROM proposals p LEFT JOIN decisions d ON d.proposal = p.id LEFT JOIN recordings r ON r.proposal = p.id
"""
_PROPOSE = """
INSERT INTO proposals SELECT coalesce(max(number), 0) + 1, :id, :career, :amendment, :act, :expected, :by, :at
FROM proposals WHERE true ON CONFLICT (id) DO NOTHING
"""
_DECIDE = """
INSERT INTO decisions SELECT id, :state, :by, :at, :decision
FROM proposals WHERE id = :id ON CONFLICT (proposal) DO NOTHING
"""
_RECORDED = """
INSERT INTO recordings SELECT proposal, :entry FROM decisions
WHERE proposal = :id AND state = :state AND decided_by = :by AND decision = :decision ON CONFLICT (proposal) DO NOTHING
"""
_AFTER = "p.number > coalesce((SELECT number FROM proposals WHERE id = :after), 0)"


class Proposals:
    """What the office knows of proposed corrections."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def propose(self, proposal: Proposal) -> Proposal:
        """Store a proposal that waits for a decision; returns it as stored, which may have been decided meanwhile.

        Proposing again what is stored changes nothing, whatever the moment is. Raises `OtherProposalError` if what is
        stored under the id says something else, `UnkeepableError`, `StoreError`.
        """
        assert proposal.state == "pending"
        check_text(amendment=proposal.amendment, act=proposal.act, proposed_by=proposal.proposed_by)
        values: Values = {
            "id": proposal.id.bytes,
            "career": proposal.career.bytes,
            "amendment": proposal.amendment,
            "act": proposal.act,
            "expected": proposal.expected,
            "by": proposal.proposed_by,
            "at": microseconds(proposal.proposed_at),
        }
        self._store.change([(_PROPOSE, values)])
        stored = self._stored(proposal.id)
        if _said(stored) != _said(proposal):
            raise OtherProposalError(OTHER_PROPOSAL())
        return stored

    def find(self, identity: UUID) -> Proposal | None:
        """The proposal of an id, as it stands."""
        found = self._select("WHERE p.id = :id", id=identity.bytes)
        return found[0] if found else None

    def of_career(self, career: UUID) -> list[Proposal]:
        """All proposals about a career, decided or not, in the order in which they were stored."""
        return self._select("WHERE p.career = :career ORDER BY p.number", career=career.bytes)

    def pending(self, after: UUID | None = None, limit: int = PAGE) -> list[Proposal]:
        """Those that wait for a decision, in the order in which they were stored: the first of them, or the first that
        were stored after the one of an id, whether that still waits or not."""
        where = "WHERE d.proposal IS NULL"
        if after is None:
            return self._select(f"{where} ORDER BY p.number LIMIT :limit", limit=limit)
        return self._select(f"{where} AND {_AFTER} ORDER BY p.number LIMIT :limit", after=after.bytes, limit=limit)

    def decide(
        self,
        identity: UUID,
        state: Literal["approved", "rejected"],
        by: str,
        at: datetime,
        decision: str = "",
        entry: int | None = None,
    ) -> Proposal:
        """Decide on a proposal that waits; returns it as stored.

        Deciding again in the same way changes nothing, whatever the moment is, but that an entry which was not known
        the first time is added: so an approval can be stored first, which keeps others from rejecting it meanwhile, and
        then what the ledger has recorded. Raises `AlreadyDecidedError` if it was decided by another person, otherwise,
        or with another entry; `ProposalNotFoundError`, `UnkeepableError`, `StoreError`.
        """
        assert entry is None or state == "approved"
        check_text(by=by, decision=decision)
        same: dict[str, str | int | bytes] = {"id": identity.bytes, "state": state, "by": by, "decision": decision}
        statements: list[tuple[str, Values]] = [(_DECIDE, {**same, "at": microseconds(at)})]
        if entry is not None:
            statements.append((_RECORDED, {**same, "entry": entry}))
        self._store.change(statements)
        stored = self._stored(identity)
        decided = (stored.state, stored.decided_by, stored.decision) == (state, by, decision)
        if not decided or (entry is not None and stored.entry != entry):
            raise AlreadyDecidedError(ALREADY_DECIDED(state=stored.state))
        return stored

    def _stored(self, identity: UUID) -> Proposal:
        found = self.find(identity)
        if found is None:
            raise ProposalNotFoundError(NO_PROPOSAL())
        return found

    def _select(self, where: str, **values: str | int | bytes) -> list[Proposal]:
        return list(map(_proposal, self._store.select(_PROPOSALS + where, values)))


def _said(proposal: Proposal) -> tuple[Any, ...]:
    """What a proposal says, whenever it was said."""
    return proposal.career, proposal.amendment, proposal.act, proposal.expected, proposal.proposed_by


def _proposal(row: Row) -> Proposal:
    identity, career, amendment, act, expected, by, at, state, decided_by, decided_at, decision, entry = row
    return Proposal(
        UUID(bytes=identity),
        UUID(bytes=career),
        amendment,
        act,
        expected,
        by,
        moment(at),
        cast(ProposalState, state or "pending"),
        decided_by or "",
        None if decided_at is None else moment(decided_at),
        decision or "",
        entry,
    )
