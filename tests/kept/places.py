"""Where a career is in reach of an office, the plain way: the facts on the time axis, one day at a time."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.career import Career
from domain.divisions import REGION_CODE, within
from domain.entry import Entry
from domain.facts import TransferredOut
from domain.history import history
from projections.kept.reach import reach_of
from tests.oracle.timeline import Stretch, Timeline
from tests.oracle.transfers import last_day, matched


def timeline_of(entries: Sequence[Entry]) -> Timeline:
    """What happened, as it now reads, put on the time axis by the oracle."""
    return Timeline([(one.number, one.fact) for one in history(entries).happenings])


def is_in_reach(entries: Sequence[Entry], division: str, day: date) -> bool:
    return any(place.startswith(division) for place in places(timeline_of(entries), day))


def places(told: Timeline, day: date) -> set[str]:
    """All places that the career is in reach of on a day."""
    return {*(_served(told, day) or _left_last(told, day)), *_announced(told, day)}


def _served(told: Timeline, day: date) -> set[str]:
    return {post.community(day) for post in told.posts if post.holds(day)}


def _left_last(told: Timeline, day: date) -> set[str]:
    over = [last_day(post) for post in told.posts if post.last is not None and post.last < day]
    return _served(told, max(over)) if over else {REGION_CODE}


def _announced(told: Timeline, day: date) -> Iterator[str]:
    arrivals = {id(left): arrival for left, arrival in matched(told)}
    for left in told.posts:
        if isinstance(left.closed, TransferredOut) and last_day(left) <= day:
            arrival = arrivals.get(id(left))
            answered = arrival is not None and arrival.first <= day
            if not answered and not _begun_since(told, left, day) and not (told.died and told.died < day):
                yield left.closed.destination


def _begun_since(told: Timeline, left: Stretch, day: date) -> bool:
    """Whether another post has begun since a post was left."""
    return any(last_day(left) <= post.first <= day for post in told.posts if post is not left)


def touches(career: Career, division: str, on: date) -> bool:
    """Whether a career is in reach of a division on a day, as a single career is decided on."""
    day_asked = on.toordinal()
    return any(one.begins <= day_asked < one.ends and within(one.code, division) for one in reach_of(career))
