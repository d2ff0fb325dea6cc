"""What of a timeline a reader sees: discipline is for the inspector and the person, identity for whom it takes.

An extract leaves out, masks, or is a page of an answer; it never says anything that the answer did not.
"""

from datetime import date
from typing import TypeVar

import msgspec

from api.access.subject import Role
from domain.facts import Fact, Registered, Sanctioned, Tolerated
from projections.timeline import Amendment, Item, Timeline

DISCIPLINE: tuple[type[Fact], ...] = (Sanctioned, Tolerated)
"""处分 and 容错. No measure of service rests on them; a suspension, on which days depend, is told to everyone."""

WITHHELD = frozenset(kind.tag() for kind in DISCIPLINE)

SEES_IDENTITY: frozenset[Role] = frozenset({"clerk", "approver", "inspector", "auditor", "worker"})
"""The roles that see a whole ID card number; the others see its last four digits."""

KEPT_DIGITS = 4

F = TypeVar("F", bound=Fact)


class Part(Timeline, frozen=True):
    """Some of a timeline. `withheld` are the kinds that this reader is not shown, whoever it is about.

    `next` is what to go on after; None at the end.
    """

    kind: str | None
    first_day: date | None
    last_day: date | None
    withheld: tuple[str, ...]
    next: str | None


def timeline_for(timeline: Timeline, role: Role, *, discipline: bool) -> Timeline:
    """The timeline as a role sees it; `discipline` if that is asked for and permitted."""
    items = tuple([_item_for(item, role) for item in timeline.items if discipline or not _is_discipline(item)])
    return msgspec.structs.replace(timeline, items=items)


def _is_discipline(item: Item) -> bool:
    amended = (one.fact for one in item.amendments)
    return any(isinstance(fact, DISCIPLINE) for fact in (item.fact, item.said, *amended))


def _item_for(item: Item, role: Role) -> Item:
    if role in SEES_IDENTITY:
        return item
    amendments = tuple([_amendment_for(one) for one in item.amendments])
    return msgspec.structs.replace(item, fact=masked(item.fact), said=masked(item.said), amendments=amendments)


def _amendment_for(amendment: Amendment) -> Amendment:
    fact = amendment.fact
    return amendment if fact is None else msgspec.structs.replace(amendment, fact=masked(fact))


def masked(fact: F) -> F:
    """A fact without an ID card number but for its last digits; any other as it is."""
    if not isinstance(fact, Registered):
        return fact
    identity = "*" * (len(fact.identity) - KEPT_DIGITS) + fact.identity[-KEPT_DIGITS:]
    return msgspec.structs.replace(fact, identity=identity)
