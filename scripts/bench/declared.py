"""A career as eventsourcing's manual would have it: a declarative aggregate, one method a kind of fact.

The parameters of a method become the attributes of its event: moment, author, act, evidence, and the fact's fields.
"""
# ruff: noqa: PLR0913, PLR0917, ARG002 - an event has the parameters of its method

from datetime import date, datetime
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate, event

Evidence = tuple[dict[str, str], ...]


class Career(Aggregate):
    """Counts its facts, and builds nothing of them."""

    @event("Opened")
    def __init__(self, id: UUID, timestamp: datetime) -> None:
        self.facts = 0

    # Parameters stand side by side, a row of them is easier to compare with the fact than a column.
    # fmt: off
    @event("Registered")
    def registered(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, name: str, identity: str, sex: str,
        born: date
    ) -> None:
        self.facts += 1

    @event("Hired")
    def hired(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, community: str, role: str,
        full_time: bool = True, probation_until: date | None = None, contract_until: date | None = None
    ) -> None:
        self.facts += 1

    @event("Assigned")
    def assigned(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, community: str
    ) -> None:
        self.facts += 1

    @event("TransferredOut")
    def transferred_out(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, destination: str
    ) -> None:
        self.facts += 1

    @event("TransferredIn")
    def transferred_in(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date, origin: str,
        community: str, role: str | None = None
    ) -> None:
        self.facts += 1

    @event("TermStarted")
    def term_started(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, office: str, community:
        str, mode: str, expected_until: date | None = None
    ) -> None:
        self.facts += 1

    @event("TermEnded")
    def term_ended(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, office: str,
        community: str, cause: str
    ) -> None:
        self.facts += 1

    @event("Trained")
    def trained(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date, last_day: date,
        hours: float, kind: str, mode: str, course: str = "", organiser: str = ""
    ) -> None:
        self.facts += 1

    @event("ProbationAssessed")
    def probation_assessed(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, passed: bool
    ) -> None:
        self.facts += 1

    @event("Assessed")
    def assessed(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, year: int, result: str, confirmed_on:
        date
    ) -> None:
        self.facts += 1

    @event("Graded")
    def graded(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, track: str, level: int,
        basis: str
    ) -> None:
        self.facts += 1

    @event("Promoted")
    def promoted(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, track: str, level: int
    ) -> None:
        self.facts += 1

    @event("Seconded")
    def seconded(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date, host: str,
        host_level: str, approval: str = "", planned_last_day: date | None = None
    ) -> None:
        self.facts += 1

    @event("SecondmentEnded")
    def secondment_ended(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date
    ) -> None:
        self.facts += 1

    @event("LeaveStarted")
    def leave_started(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date, kind: str,
        medical_period_until: date | None = None
    ) -> None:
        self.facts += 1

    @event("LeaveEnded")
    def leave_ended(self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date) -> None:
        self.facts += 1

    @event("Suspended")
    def suspended(self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date) -> None:
        self.facts += 1

    @event("SuspensionResolved")
    def suspension_resolved(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, outcome: str
    ) -> None:
        self.facts += 1

    @event("Certified")
    def certified(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, level: str, certificate_no:
        str
    ) -> None:
        self.facts += 1

    @event("Commended")
    def commended(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, title: str, level: str
    ) -> None:
        self.facts += 1

    @event("Sanctioned")
    def sanctioned(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, kind: str, decision_no:
        str, until: date | None = None
    ) -> None:
        self.facts += 1

    @event("Tolerated")
    def tolerated(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, matter: str, decision_no:
        str
    ) -> None:
        self.facts += 1

    @event("Nominated")
    def nominated(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, nominated_as: str
    ) -> None:
        self.facts += 1

    @event("JoinedParty")
    def joined_party(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date, full_on: date | None =
        None
    ) -> None:
        self.facts += 1

    @event("PriorServiceRecognised")
    def prior_service_recognised(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, first_day: date, last_day: date,
        kind: str
    ) -> None:
        self.facts += 1

    @event("Resigned")
    def resigned(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, submitted_on: date |
        None = None
    ) -> None:
        self.facts += 1

    @event("Dismissed")
    def dismissed(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, item: int
    ) -> None:
        self.facts += 1

    @event("Retired")
    def retired(self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date) -> None:
        self.facts += 1

    @event("ContractEnded")
    def contract_ended(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date
    ) -> None:
        self.facts += 1

    @event("Died")
    def died(self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, on: date) -> None:
        self.facts += 1

    @event("AppointedOut")
    def appointed_out(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, last_day: date, to: str
    ) -> None:
        self.facts += 1

    @event("Corrected")
    def corrected(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, number: int, replacement: dict[str,
        Any], reason: str, approved_by: str
    ) -> None:
        self.facts += 1

    @event("Voided")
    def voided(
        self, timestamp: datetime, recorded_by: str, act: str, evidence: Evidence, number: int, reason: str,
        approved_by: str
    ) -> None:
        self.facts += 1
