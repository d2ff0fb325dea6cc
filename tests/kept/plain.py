"""What a division's answers must be, the plain way: every career folded, every day gone through, one at a time."""

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.career import Career, Post
from domain.divisions import REGION_CODE
from domain.entry import Entry
from domain.facts import Graded, Promoted, Registered
from domain.fold import fold
from domain.history import History, history
from domain.regulation.finding import look
from domain.regulation.findings import found
from domain.regulation.readings import Readings
from domain.regulation.secretaries import eligibility
from domain.regulation.service import service
from tests.building import told
from tests.oracle.edges import FIRST, LAST


class Plain:
    """One career, asked one day at a time."""

    def __init__(self, uuid: UUID, entries: list[Entry], readings: Readings) -> None:
        self.uuid = uuid
        self.readings = readings
        self.history: History = history(entries)
        self.career: Career = fold(self.history)

    @property
    def name(self) -> str | None:
        registered = self.career.registered
        return registered.fact.name if registered and isinstance(registered.fact, Registered) else None

    @cached_property
    def communities(self) -> dict[int, list[str]]:
        """On every day of service up to the last asked about: where, by when the posts there began."""
        found: dict[int, list[str]] = {}
        for post in self.career.posts:
            for day in range(post.begin, min(post.end, LAST.toordinal() + 3000)):
                here = found.setdefault(day, [])
                if post.community_on(day) not in here:
                    here.append(post.community_on(day))
        return found

    def otherwise(self, day: int) -> str:
        """Where the person belongs on a day out of service."""
        served = self.communities
        before = [one for one in served if one < day]
        if before:
            return self._earliest_begun(served[max(before)], max(before))
        return self._earliest_begun(served[min(served)], min(served)) if served else REGION_CODE

    def _earliest_begun(self, here: list[str], day: int) -> str:
        """Of several communities of one day, the one whose stay began first."""
        stays = [
            (max(stay.begin for stay in post.stays if stay.begin <= day), post.community_on(day))
            for post in self.career.posts
            if post.begin <= day < post.end
        ]
        return min(stays)[1] if len(here) > 1 else here[0]

    def where(self, day: int) -> list[str]:
        """Where something of one day belongs."""
        return self.communities.get(day) or [self.otherwise(day)]

    def turns(self) -> set[date]:
        """Days on which, or beside which, something found begins, ends, or comes to be seen or not."""
        days = {
            near
            for one in found(self.career, self.readings, LAST.toordinal())
            for day in (one.begin, one.end, one.seen, one.gone)
            for near in (day - 1, day)
        }
        return {date.fromordinal(day) for day in days if FIRST.toordinal() <= day <= LAST.toordinal()}

    # The answers

    def roster(self, division: str, on: date) -> list[dict[str, Any]]:
        day = on.toordinal()
        posts = [post for post in self.career.posts if post.begin <= day < post.end]
        return [self._post(post, on) for post in posts if post.community_on(day).startswith(division)]

    def _post(self, post: Post, on: date) -> dict[str, Any]:
        day = on.toordinal()
        served = service(self.career, self.readings, on)
        stay = [stay for stay in post.stays if stay.begin <= day][-1]
        grades = sorted(one for kind in (Graded, Promoted) for one in self.career.notes(kind) if one.day <= day)
        held = [term for term in self.career.terms if term.begin <= day < term.end]
        grade: Any = grades[-1].fact if grades else None
        entries = {*post.opened.entries, *stay.entries, *(grades[-1].entries if grades else ())}
        return told(
            {
                "career": self.uuid,
                "name": self.name,
                "community": stay.community,
                "in_post_since": date.fromordinal(post.begin),
                "here_since": date.fromordinal(stay.begin),
                "role": post.role,
                "full_time": post.full_time,
                "grade": {"track": grade.track, "level": grade.level} if grade else None,
                "offices": [{"office": term.office, "community": term.community} for term in held],
                "entries": sorted(entries.union(*(term.opened.entries for term in held))),
                "cumulative": served.cumulative,
                "continuous_since": served.continuous.since,
            }
        )

    def secretary(self, division: str, on: date) -> list[dict[str, Any]]:
        day = on.toordinal()
        terms = [one for one in self.career.terms if one.office == "secretary" and one.begin <= day < one.end]
        judged = told(eligibility(self.career, self.readings, on))
        for condition in judged["conditions"]:
            del condition["why"]
        missing = [one["condition"] for one in judged["conditions"] if one["met"] != "yes"]
        about = {"career": str(self.uuid), "name": self.name, "missing": missing, **judged}
        here = {one.community for one in terms if one.community.startswith(division)}
        return [{**about, "community": community} for community in sorted(here)]

    def findings(self, division: str, on: date) -> list[dict[str, Any]]:
        day = on.toordinal()
        told_of = []
        for one in found(self.career, self.readings, day):
            finding = look(one, self.readings, day)
            if finding is not None:
                last = min(one.end - 1, day)
                here = {place for at in range(one.begin, last + 1) for place in self.communities.get(at, ())}
                until_seen = range(one.begin, min(max(one.begin, one.seen), one.end - 1) + 1)
                if not any(at in self.communities for at in until_seen):
                    here.add(self.otherwise(one.begin))
                here = {community for community in here if community.startswith(division)}
                if here:
                    about = {"career": str(self.uuid), "name": self.name, "communities": sorted(here)}
                    told_of.append({**about, **told(finding)})
        return told_of

    def happened(self, division: str, first: date, last: date) -> list[dict[str, Any]]:
        items = []
        for one in self.history.happenings:
            if not first.toordinal() <= one.day <= last.toordinal() or isinstance(one.fact, Registered):
                continue
            named = getattr(one.fact, "community", None)
            here = [named] if named else self.where(one.day)
            inside = sorted(community for community in here if community.startswith(division))
            if inside:
                item = {"day": date.fromordinal(one.day), "career": self.uuid, "name": self.name}
                more = {"communities": inside, "kind": one.fact.tag(), "number": one.number}
                items.append(told({**item, **more, "entries": one.entries, "fact": one.fact}))
        return items
