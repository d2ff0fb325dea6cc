"""Which transfers are in this career: who left where for where, who arrived, how long between, and what is missing?

Which arrival answers which departure, and what is late, is what the regulation's own findings say (Art. 23).
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from domain.calendar import Day
from domain.career import Career, Post
from domain.facts import TransferredIn, TransferredOut
from domain.regulation.finding import Finding, look
from domain.regulation.readings import Readings
from domain.regulation.transfer import Transfer, found_in
from domain.regulation.transfer import transfers as matched
from projections.asking import Answer, Asked, about, unplaced

Standing = Literal["matched", "awaited", "unmatched"]
"""Both sides are there; the arrival may still come in time; a side is missing, and the findings say so."""


class Departure(Struct, frozen=True, gc=False):
    """A `transferred_out` 调出, and the community of the post that it ended."""

    last_day: date
    community: str
    destination: str
    entries: tuple[int, ...]


class Arrival(Struct, frozen=True, gc=False):
    """A `transferred_in` 调入."""

    first_day: date
    origin: str
    community: str
    entries: tuple[int, ...]


class OneTransfer(Struct, frozen=True, gc=False):
    """A departure and the arrival that answers it; one may be missing, or not have happened by the asked day."""

    out: Departure | None
    into: Arrival | None
    standing: Standing
    days_between: int | None
    """Days strictly between the two; -1 on one handover day, less if they overlap; None if a side is missing."""
    late: bool
    """Whether the arrival came after the time that the dossier has (Art. 23)."""
    findings: tuple[Finding, ...]
    """What can be seen on the asked day, with why."""


class Transfers(Answer, frozen=True):
    """All transfers by the asked day, by the day of leaving, or of arriving where no departure is known."""

    transfers: tuple[OneTransfer, ...]
    unplaced: tuple[int, ...]
    readings: Readings
    rules: str


def transfers(career: Career, asked: Asked) -> Transfers:
    """Every departure and arrival up to and including the asked day, matched where they fit."""
    day = asked.on.toordinal()
    told = [one for transfer in matched(career) if (one := _one(transfer, asked.readings, day))]
    return Transfers(
        *about(asked),
        transfers=tuple(sorted(told, key=_order)),
        unplaced=unplaced(career),
        readings=asked.readings,
        rules=asked.rules,
    )


def _one(transfer: Transfer, readings: Readings, day: Day) -> OneTransfer | None:
    """A transfer as it stands on a day; None if neither side has happened by then."""
    left = transfer.left if transfer.left and transfer.left.end - 1 <= day else None
    arrived = transfer.arrived if transfer.arrived and transfer.arrived.begin <= day else None
    if left is None and arrived is None:
        return None
    findings = tuple([seen for one in found_in(transfer) if (seen := look(one, readings, day))])
    both = left is not None and arrived is not None
    return OneTransfer(
        out=_departure(left) if left else None,
        into=_arrival(arrived) if arrived else None,
        standing="matched" if both else _missing(findings),
        days_between=transfer.between if both else None,
        late=any(one.rule == "transfer_dossier_late" for one in findings),
        findings=findings,
    )


def _missing(findings: tuple[Finding, ...]) -> Standing:
    return "unmatched" if any(one.rule == "transfer_unmatched" for one in findings) else "awaited"


def _departure(post: Post) -> Departure:
    assert post.closed is not None
    fact = post.closed.fact
    assert isinstance(fact, TransferredOut)
    return Departure(fact.last_day, post.community_on(post.end - 1), fact.destination, post.closed.entries)


def _arrival(post: Post) -> Arrival:
    fact = post.opened.fact
    assert isinstance(fact, TransferredIn)
    return Arrival(fact.first_day, fact.origin, fact.community, post.opened.entries)


def _order(one: OneTransfer) -> tuple[date, tuple[int, ...]]:
    if one.out is not None:
        return one.out.last_day, one.out.entries
    assert one.into is not None
    return one.into.first_day, one.into.entries
