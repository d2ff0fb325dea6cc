"""What is kept: answers, with those whom they were about, and proposed corrections."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

Outcome = Literal["answered", "not_modified", "previewed", "recorded", "refused", "denied", "not_found"]
"""What became of a request: told; told that nothing has changed; told what would change; stored; refused by a rule;
not permitted; nobody found. Of the last three nothing about a person was told."""


class Answered(Struct, frozen=True):
    """One answer, to be logged before it leaves.

    `query` is the question as JSON, without names, identity numbers and worker keys. `position` is how much of the
    ledger the answer knew. `careers` are all whom it tells of: none, if it is a statistic.
    """

    at: datetime
    subject: str
    role: str
    token: str
    jurisdiction: str
    action: str
    purpose: str
    case_number: str
    query: str
    position: int
    outcome: Outcome
    request: str
    careers: tuple[UUID, ...]


class Accessed(Struct, frozen=True):
    """One record of the access log: an answer, and one whom it told of, if any. `number` is the answer's, from 1."""

    number: int
    at: datetime
    subject: str
    role: str
    token: str
    jurisdiction: str
    action: str
    purpose: str
    case_number: str
    query: str
    position: int
    outcome: Outcome
    request: str
    career: UUID | None


ProposalState = Literal["pending", "approved", "rejected"]


class Proposal(Struct, frozen=True):
    """A correction that one person proposes and another decides on.

    `amendment` is the JSON of a `corrected` or `voided` fact without `approved_by`. `expected` is the number of the
    last entry that the proposer had seen. `entry` is the number of the entry that the approval recorded.
    """

    id: UUID
    career: UUID
    amendment: str
    act: str
    expected: int
    proposed_by: str
    proposed_at: datetime
    state: ProposalState = "pending"
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    entry: int | None = None
