"""What is said of an earlier entry of the same career. Nothing is edited: an amendment is a fact too."""

from typing import Annotated

from msgspec import Meta

from domain.facts.absence import (
    LeaveEnded,
    LeaveStarted,
    Seconded,
    SecondmentEnded,
    Suspended,
    SuspensionResolved,
)
from domain.facts.base import Fact
from domain.facts.merit import Assessed, Graded, ProbationAssessed, Promoted, Trained
from domain.facts.person import (
    Certified,
    Commended,
    Died,
    JoinedParty,
    Nominated,
    Registered,
    Sanctioned,
    Tolerated,
)
from domain.facts.service import (
    AppointedOut,
    Assigned,
    ContractEnded,
    Dismissed,
    Hired,
    PriorServiceRecognised,
    Resigned,
    Retired,
    TermEnded,
    TermStarted,
    TransferredIn,
    TransferredOut,
)

PlainFact = (
    Registered
    | Hired
    | Assigned
    | TransferredOut
    | TransferredIn
    | TermStarted
    | TermEnded
    | Trained
    | ProbationAssessed
    | Assessed
    | Graded
    | Promoted
    | Seconded
    | SecondmentEnded
    | LeaveStarted
    | LeaveEnded
    | Suspended
    | SuspensionResolved
    | Certified
    | Commended
    | Sanctioned
    | Tolerated
    | Nominated
    | JoinedParty
    | PriorServiceRecognised
    | Resigned
    | Dismissed
    | Retired
    | ContractEnded
    | Died
    | AppointedOut
)
"""Every fact that happens in a career: all but the amendments."""

EntryNumber = Annotated[int, Meta(ge=1)]


class Corrected(Fact, frozen=True, tag="corrected"):
    """Entry `number` of this career should read `replacement` 更正, as known from now on. It takes two people."""

    zh = "更正"

    number: EntryNumber
    replacement: PlainFact
    reason: str
    approved_by: str


class Voided(Fact, frozen=True, tag="voided"):
    """Entry `number` of this career never held 作废, as known from now on. It takes two people."""

    zh = "作废"

    number: EntryNumber
    reason: str
    approved_by: str
