"""Who may ask what of whom: one pure decision, for every request.

A person is in reach of a jurisdiction if the career touches it today: by a post, by the community left last, or by an
announced transfer (`projections/kept/reach.py`). Lists find the same people by the same range of codes in SQL.
"""

from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

from api.access.subject import Role, Subject
from domain.divisions import within

Action = Literal[
    "find_careers", "overview", "service_years", "secretary_eligibility", "findings", "timeline", "transfers",
    "who_looked", "verify", "entries", "replay", "compare", "feed", "access_log", "late_entries",
    "inspect_timeline", "inspect_findings", "inspect_happenings", "register", "record", "receive", "propose",
    "proposals", "approve", "reject", "roster", "eligible", "upcoming", "division_findings", "statistics",
]  # fmt: skip
"""What can be asked, as the access log calls it."""

_OFFICES: tuple[Role, ...] = ("clerk", "approver", "transfer_desk", "auditor", "inspector", "department")
_EVERYONE: tuple[Role, ...] = (*_OFFICES, "worker")

PERMITTED: dict[Action, tuple[Role, ...]] = {
    "find_careers": _OFFICES,
    "overview": _EVERYONE,
    "service_years": _EVERYONE,
    "secretary_eligibility": _EVERYONE,
    "findings": _EVERYONE,
    "timeline": _EVERYONE,
    "transfers": _EVERYONE,
    "who_looked": ("auditor", "worker"),
    "verify": ("transfer_desk",),
    "entries": ("auditor",),
    "replay": ("auditor",),
    "compare": ("auditor",),
    "feed": ("auditor",),
    "access_log": ("auditor",),
    "late_entries": ("auditor",),
    "inspect_timeline": ("inspector",),
    "inspect_findings": ("inspector",),
    "inspect_happenings": ("inspector",),
    "register": ("clerk",),
    "record": ("clerk",),
    "receive": ("clerk",),
    "propose": ("clerk",),
    "proposals": ("clerk", "approver", "auditor"),
    "approve": ("approver",),
    "reject": ("approver",),
    "roster": ("department",),
    "eligible": ("department",),
    "upcoming": ("department",),
    "division_findings": ("department",),
    "statistics": ("department",),
}
"""The roles that may do it, for whom they have in reach; of several that a subject has, the first is acted in."""

NEEDS_PURPOSE: frozenset[Role] = frozenset({"transfer_desk"})
NEEDS_CASE: frozenset[Role] = frozenset({"inspector"})
"""Roles that say what for, whatever they ask."""


class Person(Struct, frozen=True):
    """One career, and the divisions that it touches today."""

    career: UUID
    places: tuple[str, ...]


class Division(Struct, frozen=True):
    """All careers of a division, by its code."""

    code: str


Resource = Person | Division | None
"""Whom it is about; None for what is limited to the caller's reach by itself, as a search."""


class Purpose(NamedTuple):
    """What the caller says it is for."""

    purpose: str = ""
    case_number: str = ""


Denial = Literal["expired", "role", "purpose", "case_number", "reach"]


class Granted(Struct, frozen=True):
    """It may be done, in this role."""

    role: Role


class Denied(Struct, frozen=True):
    """It may not be done. Only `reach` depends on whom it is about: whoever is out of reach is said not to exist."""

    why: Denial


def decide(subject: Subject, action: Action, resource: Resource, purpose: Purpose, now: float) -> Granted | Denied:
    """Whether a subject may do this now, in seconds since 1970.

    What is missing of the request itself is told before anything that depends on the person.
    """
    if now >= subject.expires:
        return Denied("expired")
    roles = [role for role in PERMITTED[action] if role in subject.roles]
    if not roles:
        return Denied("role")
    lacking: Denial | None = None
    for role in roles:
        missing = _missing(role, purpose)
        if missing is None and _reaches(subject, role, resource):
            return Granted(role)
        if lacking is None or missing is None:
            lacking = missing or "reach"
    return Denied(lacking or "reach")


def _missing(role: Role, purpose: Purpose) -> Denial | None:
    if role in NEEDS_PURPOSE and not purpose.purpose:
        return "purpose"
    if role in NEEDS_CASE and not purpose.case_number:
        return "case_number"
    return None


def _reaches(subject: Subject, role: Role, resource: Resource) -> bool:
    if isinstance(resource, Person):
        if role == "worker":
            return subject.career == resource.career
        return any(within(place, subject.jurisdiction) for place in resource.places)
    if role == "worker":
        return False
    return resource is None or within(resource.code, subject.jurisdiction)
