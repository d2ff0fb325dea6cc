"""What is told of one career, and where and when its worker was free."""

from datetime import date
from typing import Literal

from msgspec import Struct

from domain import divisions
from domain.calendar import Day
from domain.facts import PlainFact
from domain.facts.service import Role
from scripts.simulation.dice import Dice
from scripts.simulation.people import Person
from scripts.simulation.world import World

End = Literal["transferred", "contract", "resigned", "dismissed", "retired", "died", "appointed_out"]
ENDS_ONE_POST = ("transferred", "contract")
"""All other ends end all service, and what is open within it."""

day_of = date.fromordinal


class Told(Struct):
    """A fact, the day from which the office could know it, and the office (a division code) that records it."""

    fact: PlainFact
    known: Day
    office: str


class Stay(Struct, frozen=True):
    """In one community, from `begin` until the next stay or the end of the stint."""

    begin: Day
    community: str


class Stint(Struct):
    """One post as it was lived: from its first to its last day, both inside. The last may lie after the horizon."""

    first: Day
    last: Day
    stays: list[Stay]
    role: Role
    full_time: bool = True
    end: End = "contract"
    probation: bool = False
    item: int = 0
    """The item of Art. 37, if dismissed."""

    def community_on(self, day: Day) -> str:
        return next((stay.community for stay in reversed(self.stays) if stay.begin <= day), self.stays[0].community)

    def street_on(self, day: Day) -> str:
        return self.community_on(day)[: divisions.STREET]

    @property
    def ends_all(self) -> bool:
        return self.end not in ENDS_ONE_POST


class Story:
    """One career while it is made up. Rooms add to it; only what happened up to the horizon is told."""

    def __init__(self, person: Person, world: World, dice: Dice) -> None:
        self.person = person
        self.world = world
        self.dice = dice
        self.told: list[Told] = []
        self.stints: list[Stint] = []
        self.ambition = 0
        """How far the worker will get: 0 no office, 1 member, 2 deputy, 3 secretary or director."""
        self.headships: list[tuple[Day, Day]] = []
        """First and last days as secretary or director."""
        self.deputyships: list[tuple[Day, Day]] = []
        """First and last days as a deputy of either."""
        self.full_member_from: Day | None = None
        self._busy: list[tuple[Day, Day]] = []

    def tell(self, fact: PlainFact, known: Day, office: str) -> None:
        """Tell a fact whose days, but for planned ones, are all at or before `known`."""
        if known <= self.world.horizon:
            self.told.append(Told(fact, known, office))

    def book(self, first: Day, last: Day) -> bool:
        """Take these days for an absence, if they are free and in order; else leave them."""
        if last < first or any(first <= end and begin <= last for begin, end in self._busy):
            return False
        self._busy.append((first, last))
        return True

    def stint_on(self, day: Day) -> Stint | None:
        """The post on a day; of two, the one that began first."""
        return next((stint for stint in self.stints if stint.first <= day <= stint.last), None)

    def head_in(self, first: Day, last: Day) -> bool:
        """Whether secretary or director on any of these days."""
        return any(begin <= last and first <= end for begin, end in self.headships)

    def street_on(self, day: Day) -> str:
        """The street in charge of the worker on a day: of the post then, else of the last post before."""
        stint = self.stint_on(day)
        if stint is None:
            stint = next((earlier for earlier in reversed(self.stints) if earlier.first <= day), self.stints[0])
        return stint.street_on(day)

    def years(self, stint: Stint) -> range:
        """The calendar years of a stint that are not wholly after the horizon."""
        return range(day_of(stint.first).year, day_of(min(stint.last, self.world.horizon)).year + 1)


def in_year(stint: Stint, year: int) -> tuple[Day, Day]:
    """The first and last day of a stint within a calendar year."""
    return max(stint.first, _new_year(year)), min(stint.last, _new_year(year + 1) - 1)


def _new_year(year: int) -> Day:
    return date(year, 1, 1).toordinal()
