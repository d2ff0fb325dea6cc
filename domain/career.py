"""What a history makes of a person: posts, offices, absences, and what was said of them.

Everything is a range of days `[begin, end)`; what is still open ends at `FOREVER`. Nothing is judged here.
"""

from msgspec import Struct

from domain.calendar import Day
from domain.facts import Fact, Office, Role
from domain.history import Happening, Misfit


class Period(Struct, frozen=True, gc=False):
    """A range of days that one fact opened and another, or none yet, closed."""

    begin: Day
    end: Day
    opened: Happening
    closed: Happening | None

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries that the period rests on."""
        return self.opened.entries + (self.closed.entries if self.closed else ())


class Stay(Struct, frozen=True, gc=False):
    """In one community, from `begin` until the next stay or the end of the post."""

    begin: Day
    community: str
    entries: tuple[int, ...]


class Post(Period, frozen=True, gc=False):
    """Service for a street 岗位, in one of its communities after another; opened by `hired` or `transferred_in`."""

    role: Role | None
    full_time: bool
    stays: tuple[Stay, ...]

    def community_on(self, day: Day) -> str:
        """Where the post is served on a day within it."""
        if len(self.stays) == 1:
            return self.stays[0].community
        return next(stay.community for stay in reversed(self.stays) if stay.begin <= day)


class Term(Period, frozen=True, gc=False):
    """An office held 任职 in one community."""

    office: Office
    community: str


class Career(Struct, frozen=True, gc=False):
    """A person's career as known from its first `known` entries: one fold over one history.

    Lists are ordered by the day on which their members began or happened. `misfits` are the entries that do not fit.
    """

    known: int
    registered: Happening | None
    died: Happening | None
    posts: list[Post]
    terms: list[Term]
    secondments: list[Period]
    leaves: list[Period]
    suspensions: list[Period]
    noted: dict[type[Fact], list[Happening]]
    """All other facts, by their type."""
    misfits: list[Misfit]

    def notes(self, kind: type[Fact]) -> list[Happening]:
        """The happenings of one type that open or close nothing."""
        return self.noted.get(kind, [])
