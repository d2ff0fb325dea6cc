"""Transfers 跨街道流动 (Art. 23): which arrival answers which departure, and what is late or missing."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from domain.calendar import FOREVER, Day
from domain.career import Career, Post
from domain.divisions import street_of, within
from domain.facts import TransferredIn, TransferredOut
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.numbers import TRANSFER_DAYS
from domain.regulation.readings import Readings
from domain.words import Phrase, Reason

NO_OUT = Phrase("调入没有相符的调出记录", "an arrival without a fitting departure")
NO_IN = Phrase(
    "{last} 调出后超过 {days} 天没有相符的调入记录",
    "no fitting arrival for more than {days} days after the departure of {last}",
)
LATE = Phrase(
    "{last} 调出,{first} 调入,间隔 {between} 天,超过 {days} 天(劳动合同法 50)",
    "left on {last} and arrived on {first}: {between} days between, more than {days} (劳动合同法 50)",
)

OVERLAP = Phrase(
    "{first} 已调入,{last} 才调出,重叠超过一天",
    "arrived on {first} and left only on {last}: more than one day in both places",
)


class Transfer(Struct, frozen=True, gc=False):
    """A departure and the arrival that answers it; one of the two may be missing."""

    left: Post | None
    arrived: Post | None

    @property
    def between(self) -> int:
        """Days strictly between the two; negative if they overlap, 0 if one of them is missing."""
        return self.arrived.begin - self.left.end if self.left and self.arrived else 0


@article("23", "社区工作者可以跨街道(苏木乡镇)、跨旗县(市、区)、跨盟市流动")
def transfers(career: Career) -> list[Transfer]:
    """Every departure and arrival, matched where they fit, in the order of arriving, then of leaving.

    An arrival answers the latest departure before it that fits. One that began while the old post still went on answers
    the departure that ends that post.
    """
    left = [post for post in career.posts if post.closed and isinstance(post.closed.fact, TransferredOut)]
    arrived = [post for post in career.posts if isinstance(post.opened.fact, TransferredIn)]
    if not left and not arrived:
        return []
    left.sort(key=lambda post: post.end)
    found = []
    for post in arrived:
        before = [out for out in left if out.end - 1 <= post.begin and out is not post and _fits(out, post)]
        beside = [out for out in left if out.begin < post.begin < out.end - 1 and _fits(out, post)]
        out = before[-1] if before else beside[0] if beside else None
        if out is not None:
            left.remove(out)
        found.append(Transfer(out, post))
    return found + [Transfer(out, None) for out in left]


def _fits(left: Post, arrived: Post) -> bool:
    """Whether a departure and an arrival name each other's streets: the street is the employer (Art. 24)."""
    assert left.closed is not None
    departure, arrival = left.closed.fact, arrived.opened.fact
    assert isinstance(departure, TransferredOut)
    assert isinstance(arrival, TransferredIn)
    return within(arrival.community, street_of(departure.destination)) and within(
        left.community_on(left.end - 1), street_of(arrival.origin)
    )


def found(career: Career, _readings: Readings) -> Iterator[Found]:
    """Unmatched sides, and matched ones with too long between."""
    for transfer in transfers(career):
        yield from found_in(transfer)


def found_in(transfer: Transfer) -> Iterator[Found]:
    """What is found of one departure and the arrival that answers it."""
    if transfer.left is None:
        assert transfer.arrived is not None
        begin, entries = transfer.arrived.begin, transfer.arrived.opened.entries
        yield _unmatched(begin, FOREVER, entries, NO_OUT())
        return
    last = date.fromordinal(transfer.left.end - 1)
    days = TRANSFER_DAYS.on(last)
    overdue = transfer.left.end + days
    departure = transfer.left.closed.entries if transfer.left.closed else ()
    arrived = transfer.arrived
    if arrived is None or transfer.between > days:
        gone = arrived.begin if arrived else FOREVER
        yield _unmatched(overdue, gone, departure, NO_IN(last=last, days=days))
    if arrived is not None:
        yield from _overlap(transfer.left, arrived)
    if arrived is not None and transfer.between > days:
        first = date.fromordinal(arrived.begin)
        yield Found(
            article="23",
            rule="transfer_dossier_late",
            severity="review",
            begin=overdue,
            end=arrived.begin,
            entries=departure + arrived.opened.entries,
            why=LATE(last=last, first=first, between=transfer.between, days=days),
            seen=arrived.begin,
        )


def _overlap(left: Post, arrived: Post) -> Iterator[Found]:
    """One handover day is usual (调动交接); more should be looked at, though no rule forbids it."""
    if left.end - arrived.begin > 1:
        yield Found(
            article="23",
            rule="transfer_overlap",
            severity="review",
            begin=arrived.begin,
            end=left.end,
            entries=left.entries + arrived.opened.entries,
            why=OVERLAP(first=date.fromordinal(arrived.begin), last=date.fromordinal(left.end - 1)),
        )


def _unmatched(begin: Day, gone: Day, entries: tuple[int, ...], why: Reason) -> Found:
    """Open until it is matched."""
    return Found(
        article="23",
        rule="transfer_unmatched",
        severity="review",
        begin=begin,
        end=FOREVER,
        entries=entries,
        why=why,
        gone=gone,
    )
