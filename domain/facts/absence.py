"""What happens within service: lent, on leave, suspended."""

from datetime import date
from typing import Literal

from domain.facts.base import Fact

HostLevel = Literal["street", "banner_or_above"]
LeaveKind = Literal["statutory", "maternity", "injury", "sick", "unpaid"]
SuspensionOutcome = Literal["cleared", "sanctioned"]


class Seconded(Fact, frozen=True, tag="seconded"):
    """Lent to another body 借调 (Art. 24); still a worker of the lending street."""

    zh = "借调"
    happened = "first_day"
    planned = ("planned_last_day",)

    first_day: date
    host: str
    host_level: HostLevel
    approval: str = ""
    planned_last_day: date | None = None


class SecondmentEnded(Fact, frozen=True, tag="secondment_ended"):
    """Back from a secondment 借调期满."""

    zh = "借调期满"
    happened = "last_day"

    last_day: date


class LeaveStarted(Fact, frozen=True, tag="leave_started"):
    """Went on leave 请假 (Art. 15, 27).

    `medical_period_until` 医疗期满日 is for sick leave only. It is a planned day: known in advance, it ends nothing.
    """

    zh = "请假"
    happened = "first_day"
    planned = ("medical_period_until",)

    first_day: date
    kind: LeaveKind
    medical_period_until: date | None = None


class LeaveEnded(Fact, frozen=True, tag="leave_ended"):
    """Back from leave 销假."""

    zh = "销假"
    happened = "last_day"

    last_day: date


class Suspended(Fact, frozen=True, tag="suspended"):
    """Suspended from duty 停职 pending an outcome (Art. 38)."""

    zh = "停职"
    happened = "first_day"

    first_day: date


class SuspensionResolved(Fact, frozen=True, tag="suspension_resolved"):
    """A suspension resolved 停职处理: cleared, or sanctioned."""

    zh = "停职处理"
    happened = "last_day"

    last_day: date
    outcome: SuspensionOutcome
