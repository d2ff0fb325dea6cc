"""Where a person served on which days, to tell which division something belongs to."""

from typing import NamedTuple

from domain.calendar import Day
from domain.career import Career
from domain.divisions import REGION_CODE


class Place(NamedTuple):
    """A community, and the first day on which something belongs to it."""

    community: str
    since: Day


class Whereabouts:
    """The communities of all posts, full-time or not, with the days `[begin, end)` in each."""

    def __init__(self, career: Career) -> None:
        self._stays: list[tuple[Day, Day, str]] = []
        for post in career.posts:
            ends = [stay.begin for stay in post.stays[1:]]
            for stay, end in zip(post.stays, [*ends, post.end], strict=True):
                if stay.begin < end:
                    self._stays.append((stay.begin, end, stay.community))
        self._stays.sort()

    def during(self, begin: Day, end: Day) -> list[Place]:
        """Where the person served on any of the days `[begin, end)`, each community from its first such day.

        Out of service on all of them, it is where the person served last before, else first after; who never served
        belongs to the region alone.
        """
        there: dict[str, Day] = {}
        for first, after, community in self._stays:
            if first < end and begin < after:
                there.setdefault(community, max(first, begin))
        if there:
            return [Place(community, since) for community, since in there.items()]
        before = [stay for stay in self._stays if stay[1] <= begin]
        if before:
            return [Place(max(before, key=lambda stay: stay[1])[2], begin)]
        return [Place(self._stays[0][2] if self._stays else REGION_CODE, begin)]
