"""The closed union of facts: what can happen in a career (the vocabulary).

One tiny frozen type a fact, in the past tense, told apart by its tag in the key `fact`. Days are civil days in China; a
first day and a last day are both inside. A type is never altered: a new field has a default, a new meaning a new
name.

    person.py     who, and what is said of the person: registered, certified, commended, sanctioned, joined the party …
    service.py    beginnings and ends of posts and offices: hired, transferred, a term, resigned, retired …
    absence.py    what happens within service: secondments, leaves, suspensions
    merit.py      training, assessments, grades
    amendment.py  what is said of an earlier entry: corrected, voided
    checks.py     what cannot be said of one fact, whatever the career
"""

from typing import get_args

from domain.facts.absence import (
    HostLevel,
    LeaveEnded,
    LeaveKind,
    LeaveStarted,
    Seconded,
    SecondmentEnded,
    Suspended,
    SuspensionResolved,
)
from domain.facts.amendment import Corrected, PlainFact, Voided
from domain.facts.base import Fact, happened_on
from domain.facts.merit import Assessed, Graded, ProbationAssessed, Promoted, Track, Trained
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
    Office,
    PriorKind,
    PriorServiceRecognised,
    Resigned,
    Retired,
    Role,
    TermEnded,
    TermStarted,
    TransferredIn,
    TransferredOut,
)

AnyFact = PlainFact | Corrected | Voided
"""Every fact that an entry may hold."""

FACT_TYPES: dict[str, type[Fact]] = {kind.tag(): kind for kind in get_args(AnyFact)}
"""Every fact's type by its tag, in the order of the vocabulary's families."""

__all__ = [
    "FACT_TYPES",
    "AnyFact",
    "AppointedOut",
    "Assessed",
    "Assigned",
    "Certified",
    "Commended",
    "ContractEnded",
    "Corrected",
    "Died",
    "Dismissed",
    "Fact",
    "Graded",
    "Hired",
    "HostLevel",
    "JoinedParty",
    "LeaveEnded",
    "LeaveKind",
    "LeaveStarted",
    "Nominated",
    "Office",
    "PlainFact",
    "PriorKind",
    "PriorServiceRecognised",
    "ProbationAssessed",
    "Promoted",
    "Registered",
    "Resigned",
    "Retired",
    "Role",
    "Sanctioned",
    "Seconded",
    "SecondmentEnded",
    "Suspended",
    "SuspensionResolved",
    "TermEnded",
    "TermStarted",
    "Tolerated",
    "Track",
    "Trained",
    "TransferredIn",
    "TransferredOut",
    "Voided",
    "happened_on",
]
