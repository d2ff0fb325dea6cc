"""Offices held 任职: elected at turnovers, by-elected or appointed between them.

Secretary and director are often one person 一肩挑.
"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from domain import divisions
from domain.calendar import FOREVER, Day
from domain.facts import Office, TermEnded, TermStarted
from domain.facts.service import TermCause, TermMode
from scripts.simulation.dice import Odds
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import End, Stint, Story, day_of
from scripts.simulation.turnovers import Turnover, expected_until

_AMBITIONS = {
    "specialist": Odds[int]((0, 73), (1, 10), (2, 6), (3, 11)),
    "committee": Odds[int]((0, 8), (1, 32), (2, 20), (3, 40)),
}

_OFFICES = {
    1: Odds[tuple[Office, ...]]((("member",), 1)),
    2: Odds[tuple[Office, ...]](
        (("deputy_secretary",), 3), (("deputy_director",), 4), (("deputy_secretary", "member"), 2)
    ),
    3: Odds[tuple[Office, ...]]((("secretary", "director"), 66), (("secretary",), 20), (("director",), 14)),
}
PARTY_OFFICES = ("secretary", "deputy_secretary")
HEADS = ("secretary", "director")
_SENIORITY = {1: 200, 2: 500, 3: 850}
"""Days since the first hiring before a rank is reached."""

_CAUSES: dict[End, TermCause] = {"transferred": "transferred", "resigned": "resigned", "dismissed": "removed"}


class _Period(Struct, frozen=True):
    """In one community between two turnovers: from `begin` to `last`, both inside."""

    begin: Day
    last: Day
    community: str
    opened: Turnover
    closed: Turnover
    stint: Stint

    @property
    def served_to_turnover(self) -> bool:
        return self.last >= self.closed.residents

    @property
    def ends_with_service(self) -> bool:
        return self.last == self.stint.last


def have_ambition(story: Story) -> None:
    """Settle how far the worker will get."""
    story.ambition = story.dice.of(_AMBITIONS[story.person.role])


def hold_offices(story: Story) -> None:
    """All offices of a career."""
    if story.ambition == 0:
        return
    joined = story.stints[0].first
    for period in _periods(story):
        dice = story.dice
        whole = period.begin <= period.opened.party
        if not dice.chance(0.85 if whole else 0.25):
            continue
        mode: TermMode = "elected" if whole else dice.pick(("by_election", "appointed"))
        day = period.opened.party if whole else workday_from(period.begin + dice.between(30, 500))
        rank = max((r for r in range(1, story.ambition + 1) if day - joined >= _SENIORITY[r]), default=0)
        if rank:
            _hold(story, period, day, mode, dice.of(_OFFICES[rank]))


def _periods(story: Story) -> Iterator[_Period]:
    for stint in story.stints:
        if not stint.full_time:
            continue
        for place, stay in enumerate(stint.stays):
            last = stint.stays[place + 1].begin - 1 if place + 1 < len(stint.stays) else stint.last
            rhythm = story.world.turnovers(stay.community[: divisions.STREET])
            for opened, closed in pairwise(rhythm):
                begin = max(opened.party, stay.begin)
                until = min(last, closed.residents)
                if until - begin > 150 and begin <= story.world.horizon:
                    yield _Period(begin, until, stay.community, opened, closed, stint)


def _hold(story: Story, period: _Period, day: Day, mode: TermMode, offices: tuple[Office, ...]) -> None:
    dice = story.dice
    cut: TermCause | None = "resigned" if dice.chance(0.02) else "removed" if dice.chance(0.012) else None
    for office in offices:
        party = office in PARTY_OFFICES
        begin = day
        if mode == "elected" and not party:
            begin = period.opened.residents
        if party and (story.full_member_from or FOREVER) > begin and not dice.chance(0.3):
            continue
        if begin > period.last - 60:
            continue
        _tell_term(story, period, office, begin, mode, cut)


def _tell_term(
    story: Story, period: _Period, office: Office, begin: Day, mode: TermMode, cut: TermCause | None
) -> None:
    dice, community = story.dice, period.community
    street = community[: divisions.STREET]
    planned = expected_until(period.opened.residents)
    started = TermStarted(
        on=day_of(begin),
        office=office,
        community=community,
        mode=mode,
        expected_until=planned if dice.chance(0.4) and planned > day_of(begin) else None,
    )
    story.tell(started, begin, street)
    last, cause, implied = _term_end(story, period, office, cut)
    if cut is not None:
        last = begin + (last - begin) // 2
    if office in HEADS:
        story.headships.append((begin, last))
    elif office != "member":
        story.deputyships.append((begin, last))
    if not implied:
        story.tell(TermEnded(last_day=day_of(last), office=office, community=community, cause=cause), last, street)


def _term_end(story: Story, period: _Period, office: Office, cut: TermCause | None) -> tuple[Day, TermCause, bool]:
    """The last day, the cause, and whether an end of all service says it without a fact of its own."""
    if cut is not None:
        return period.last, cut, False
    if period.served_to_turnover:
        successor = period.closed.party if office in PARTY_OFFICES else period.closed.residents
        return successor - 1, "early_turnover" if period.closed.early else "turnover", False
    if not period.ends_with_service:
        return period.last, "transferred", False
    cause = _CAUSES.get(period.stint.end, "other")
    return period.last, cause, period.stint.ends_all and story.dice.chance(0.5)
