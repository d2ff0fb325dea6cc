"""Kept table `reach` 管辖: in which places a career is within reach of an office, on which days.

It decides who may be told of a person at all, so it gives no more than the facts do. A career is in reach

- of every community of a post, on the days there;
- of the destination of an announced transfer 调出, from the last day in the old post on. Any other post that begins on
  that day or later answers the announcement, wherever it is: who went elsewhere is not coming. So does an arrival that
  the regulation matches with the departure, however early, and a death;
- out of service, of the communities that were left last, until another post begins;
- of the region alone, on the days before any post.

To be in reach of a place is to be in reach of all its superiors. On every day there is a place.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from msgspec import Struct

from domain.calendar import FOREVER, Day
from domain.career import Career
from domain.divisions import REGION_CODE
from domain.facts import (
    AppointedOut,
    Assigned,
    ContractEnded,
    Corrected,
    Died,
    Dismissed,
    Hired,
    Resigned,
    Retired,
    TransferredIn,
    TransferredOut,
    Voided,
)
from domain.regulation.transfer import Transfer, transfers
from projections.kept.folded import Folded
from projections.kept.table import Table, number_of

ALWAYS: Day = 0
"""A day before any that can be asked about."""


MOVING = (
    Hired, Assigned, TransferredIn, TransferredOut, ContractEnded, Resigned, Dismissed, Retired, AppointedOut, Died,
    Corrected, Voided,
)  # fmt: skip
"""The facts that can change where a person is in reach: those about posts, a death, and what is said of entries."""


class Reach(Struct, frozen=True, order=True, gc=False):
    """In reach of `code`, a community or the street of a destination, on the days `[begins, ends)`."""

    code: str
    begins: Day
    ends: Day


def reach_of(career: Career) -> list[Reach]:
    """Every place with its days, by code and then by day; days that overlap or touch are one range."""
    everything = sorted(chain(_served(career), _announced(career), _out_of_service(career)))
    found: list[Reach] = []
    for one in everything:
        if found and found[-1].code == one.code and one.begins <= found[-1].ends:
            last = found.pop()
            found.append(Reach(last.code, last.begins, max(last.ends, one.ends)))
        else:
            found.append(one)
    return found


def _served(career: Career) -> Iterator[Reach]:
    for post in career.posts:
        ends = [stay.begin for stay in post.stays[1:]]
        for stay, end in zip(post.stays, [*ends, post.end], strict=True):
            if stay.begin < end:
                yield Reach(stay.community, stay.begin, end)


def _announced(career: Career) -> Iterator[Reach]:
    for transfer in transfers(career):
        left = transfer.left
        if left is not None and left.closed is not None:
            departure = left.closed.fact
            assert isinstance(departure, TransferredOut)
            answered = _answered(career, transfer, left.end - 1)
            if left.end - 1 < answered:
                yield Reach(departure.destination, left.end - 1, answered)


def _answered(career: Career, transfer: Transfer, last: Day) -> Day:
    """From which day on nobody waits for an arrival any more, after a departure with this last day."""
    begun = [post.begin for post in career.posts if post is not transfer.left and post.begin >= last]
    if transfer.arrived is not None:
        begun.append(transfer.arrived.begin)
    if career.died is not None:
        begun.append(career.died.day + 1)
    return min(begun, default=FOREVER)


def _out_of_service(career: Career) -> Iterator[Reach]:
    reached, left = ALWAYS, [REGION_CODE]
    for post in career.posts:
        if reached < post.begin:
            yield from (Reach(code, reached, post.begin) for code in left)
        if reached < post.end:
            reached, left = post.end, []
        if reached == post.end:
            left.append(post.community_on(post.end - 1))
    if reached < FOREVER:
        yield from (Reach(code, reached, FOREVER) for code in left)


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """One row a range. A street is kept as the number before its first community, which no community has."""
    for place, one in enumerate(reach_of(folded.career)):
        yield folded.key, place, number_of(one.code), one.begins, one.ends


REACH = Table(
    "reach",
    {"career": "BLOB", "place": "INTEGER", "code": "INTEGER", "begins": "INTEGER", "ends": "INTEGER"},
    key=("career", "place"),
    indexes=(("code", "ends", "begins"),),
    rows=rows,
)
