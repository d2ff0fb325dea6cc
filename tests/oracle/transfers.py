"""Which arrival answers which departure."""

from datetime import date

from domain.facts import TransferredIn, TransferredOut
from tests.oracle.timeline import Stretch, Timeline

Pair = tuple[Stretch, Stretch]
"""The post that was left by an Out, and the post that the matched In began."""


def matched(timeline: Timeline) -> list[Pair]:
    """Arrivals in order; each takes the latest-ended departure that fits and nobody has taken."""
    departures = sorted((post for post in timeline.posts if isinstance(post.closed, TransferredOut)), key=last_day)
    pairs: list[Pair] = []
    for arrival in arrivals(timeline):
        taken = [left for left, _ in pairs]
        fitting = [left for left in departures if left not in taken and fits(left, arrival)]
        earlier = [left for left in fitting if last_day(left) <= arrival.first]
        overlapping = [left for left in fitting if left.first < arrival.first < last_day(left)]
        if earlier:
            pairs.append((earlier[-1], arrival))
        elif overlapping:
            pairs.append((overlapping[0], arrival))
    return pairs


def arrivals(timeline: Timeline) -> list[Stretch]:
    """Posts that a transferred_in began, in order."""
    found = [post for post in timeline.posts if isinstance(post.opened, TransferredIn)]
    return sorted(found, key=lambda post: (post.first, post.number))


def fits(left: Stretch, arrival: Stretch) -> bool:
    """Arrived in the street that was the destination, and came from where the other was."""
    out, into = left.closed, arrival.opened
    assert isinstance(out, TransferredOut)
    assert isinstance(into, TransferredIn)
    if left is arrival:
        return False
    return into.community.startswith(out.destination[:9]) and left.community(out.last_day).startswith(into.origin[:9])


def last_day(post: Stretch) -> date:
    assert post.last is not None
    return post.last


def overlaps(timeline: Timeline) -> list[tuple[date, date]]:
    """First and last day of every matched pair that shares more than the one handover day."""
    return [(arrival.first, last_day(left)) for left, arrival in matched(timeline) if arrival.first < last_day(left)]
