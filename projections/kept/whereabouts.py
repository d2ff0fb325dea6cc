"""Where a person served on which days, to tell which division something belongs to."""

from typing import NamedTuple

from domain.calendar import FOREVER, Day
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

    def seen_during(self, begin: Day, end: Day, seen: Day, gone: Day) -> list[Place]:
        """The same of something that is seen on the days `[seen, gone)` of it, on each of them somewhere.

        Who is out of service when it is first seen, and serves again later on its days, belongs until then to where it
        was last: a departure that nobody has answered yet is a matter of the community that was left.
        """
        there = [place for place in self.during(begin, end) if place.since < gone]
        if any(place.since <= max(begin, seen) for place in there):
            return there
        first = self.during(begin, begin + 1)
        return [*first, *(place for place in there if place.community != first[0].community)]

    def day_by_day(self) -> list[tuple[Day, tuple[str, ...]]]:
        """Where the person is on every single day: in these communities before the day beside them, and after the last.

        The last of these days is the end of time.
        """
        cuts = sorted({day for begin, end, _ in self._stays for day in (begin, end)} - {FOREVER})
        told = []
        for begin, end in zip([0, *cuts], [*cuts, FOREVER + 1], strict=True):
            told.append((end, tuple(community for community, _ in self.during(begin, begin + 1))))
        return told
