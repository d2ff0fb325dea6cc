"""The posts that are open while a career is folded, by the community where each is served now."""

from domain.calendar import Day
from domain.career import Post, Stay
from domain.divisions import street_of
from domain.facts import Assigned, Hired, Role, TransferredIn, TransferredOut
from domain.history import Happening, Misfit
from domain.openings import Openings, named, not_begun, still_open
from domain.words import Phrase

NOT_IN_THAT_STREET = Phrase(
    "{fact}({day}):当日在街道 {street} 没有岗位;统筹使用只在同一街道内,跨街道请用调出、调入",
    "{fact} on {day}: no post in street {street} on that day; to another street it is a transfer, out and in",
)


class Posts:
    """Posts move between the communities of a street, and a transfer or a contract's end closes the earliest-begun."""

    def __init__(self) -> None:
        self.openings: Openings[str, Post] = Openings(self._post)
        self.hired = False
        """Whether a hiring has been placed yet."""
        self._stays: dict[int, list[Stay]] = {}
        self._roles: dict[int, Role | None] = {}
        self._role: Role | None = None

    def begin(self, happening: Happening) -> Misfit | None:
        """Begin a post; a role that an arrival does not name is the one that was left."""
        fact = happening.fact
        assert isinstance(fact, Hired | TransferredIn)
        misfit = self.openings.begin(fact.community, happening)
        if misfit is None:
            self.hired = self.hired or isinstance(fact, Hired)
            self._role = fact.role or self._role
            self._roles[happening.number] = self._role
            self._stays[happening.number] = [Stay(happening.day, fact.community, happening.entries)]
        return misfit

    def assign(self, happening: Happening) -> Misfit | None:
        """Go on in another community of the same street."""
        fact = happening.fact
        assert isinstance(fact, Assigned)
        if fact.community in self.openings:
            return still_open(happening, self.openings.number(fact.community))
        street = street_of(fact.community)
        here = [community for community in self.openings if street_of(community) == street]
        if not here:
            return Misfit(happening.number, NOT_IN_THAT_STREET(**named(happening), street=street))
        left = self.openings.earliest(here)
        self._stays[self.openings.number(left)].append(Stay(happening.day, fact.community, happening.entries))
        self.openings.rename(left, fact.community)
        return None

    def end_earliest(self, happening: Happening) -> Misfit | None:
        """Close the earliest-begun post that is open."""
        if not self.openings:
            return not_begun(happening, self.last_ended_by())
        community = self.openings.earliest(self.openings)
        if isinstance(happening.fact, TransferredOut):
            self._role = self._roles[self.openings.number(community)]
        return self.openings.end(community, happening)

    def last_ended_by(self) -> int | None:
        """The entry that ended the latest post that has ended."""
        post = self.openings.last()
        return post.closed.number if post is not None and post.closed is not None else None

    def _post(self, opened: Happening, closed: Happening | None, end: Day) -> Post:
        fact = opened.fact
        return Post(
            opened.day,
            end,
            opened,
            closed,
            self._roles[opened.number],
            fact.full_time if isinstance(fact, Hired) else True,
            tuple(self._stays[opened.number]),
        )
