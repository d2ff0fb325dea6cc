"""From post to post: transfers inside and across leagues, sendings within a street, ends of contracts, returns."""

from typing import Literal

from msgspec import Struct

from domain import divisions
from domain.calendar import Day
from domain.facts import Assigned, TransferredIn, TransferredOut
from domain.facts.service import Role
from scripts.simulation import ends
from scripts.simulation.dice import Odds
from scripts.simulation.hiring import assess_probation, hire, months_later
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stay, Stint, Story, day_of

Move = Literal["street", "banner", "league", "gone", "renewed", "returns", "for_good", "dismissed", "died", "taken"]

_MOVES = Odds[Move](
    ("street", 27),  # another street of the banner
    ("banner", 13),  # another banner of the league
    ("league", 9),  # anywhere in the region
    ("gone", 1.5),  # out, and no arrival is known
    ("renewed", 17),  # the contract ends, and another follows
    ("returns", 9),  # resigns, and is hired again later
    ("for_good", 12),  # resigns
    ("dismissed", 4),
    ("died", 1.5),
    ("taken", 4),  # appointed out (Art. 31–32)
)
_LEVELS = {"street": divisions.BANNER, "banner": divisions.LEAGUE, "league": divisions.REGION}
_WAIT = Odds[str](("next_day", 50), ("shared", 5), ("weeks", 13), ("late", 6), ("overlap", 1), ("workday", 25))


class Next(Struct, frozen=True):
    """Where and when the career goes on after a post."""

    first: Day
    community: str
    hired: bool


def serve(story: Story) -> None:
    """All posts of a career, until it ends or the horizon is passed."""
    person, dice = story.person, story.dice
    if dice.chance(0.02):
        stint = _arrive_from_nowhere(story)
    else:
        stint = hire(story, person.hired_on, person.home, person.role, full_time=not dice.chance(0.015))
        if dice.chance(0.01):
            ends.fail_probation(story, stint)
        assess_probation(story, stint)
        if stint.item:
            return
    while True:
        following = _leave(story, stint)
        _send_within_street(story, stint)
        if following is None or following.first > story.world.horizon:
            return
        stint = _go_on(story, stint, following)


def _go_on(story: Story, left: Stint, following: Next) -> Stint:
    role: Role = "committee" if left.role == "committee" or story.dice.chance(0.1) else "specialist"
    if following.hired:
        stint = hire(story, following.first, following.community, role)
        assess_probation(story, stint)
        return stint
    return _arrive(story, following, left.street_on(left.last), role if story.dice.chance(0.5) else None, left.role)


def _arrive(story: Story, following: Next, origin: str, role: Role | None, was: Role) -> Stint:
    first, community = following.first, following.community
    stint = Stint(first, story.world.horizon + 3650, [Stay(first, community)], role or was)
    story.stints.append(stint)
    fact = TransferredIn(first_day=day_of(first), origin=origin, community=community, role=role)
    story.tell(fact, first, community[: divisions.STREET])
    return stint


def _arrive_from_nowhere(story: Story) -> Stint:
    """A career whose first known fact is an arrival: the file of the street before never came."""
    person = story.person
    origin = story.world.elsewhere(story.dice, person.home, divisions.LEAGUE)[: divisions.STREET]
    return _arrive(story, Next(person.hired_on, person.home, hired=False), origin, person.role, person.role)


def _leave(story: Story, stint: Stint) -> Next | None:
    """How a post ends, and what follows; None if nothing does."""
    dice = story.dice
    move = dice.of(_MOVES)
    last = workday_from(stint.first + 330 + dice.below(1500) + dice.below(3400))
    if not stint.full_time:
        move, last = "renewed", workday_from(stint.first + 300 + dice.below(300))
    if ends.retire(story, stint, last):
        return None
    if move in _LEVELS:
        return _transfer(story, stint, workday_from(last), _LEVELS[move])
    if move == "renewed":
        return _renew(story, stint, last)
    if move == "gone":
        target = story.world.elsewhere(dice, stint.community_on(last), divisions.REGION)
        _depart(story, stint, last, target)
        return None
    ends.end_all(story, stint, last, move)
    return _return(story, stint) if move == "returns" else None


def _transfer(story: Story, stint: Stint, last: Day, level: int) -> Next:
    """Out and in, matched within days; now and then the dossier takes longer than the 15 days allowed."""
    dice = story.dice
    target = story.world.elsewhere(dice, stint.stays[0].community, level)
    _depart(story, stint, last, target)
    wait = dice.of(_WAIT)
    if wait == "shared":
        first = last
    elif wait == "overlap":
        first = last - dice.between(1, 12)
    elif wait == "workday":
        first = workday_from(last + 1)
    else:
        first = last + {"next_day": 1, "weeks": dice.between(3, 15), "late": dice.between(17, 80)}[wait]
    return Next(first, target, hired=False)


def _depart(story: Story, stint: Stint, last: Day, target: str) -> None:
    stint.last, stint.end = last, "transferred"
    destination = target if story.dice.chance(0.3) else target[: divisions.STREET]
    fact = TransferredOut(last_day=day_of(last), destination=destination)
    story.tell(fact, last, stint.stays[0].community[: divisions.STREET])


def _renew(story: Story, stint: Stint, about: Day) -> Next | None:
    """The contract ends after whole years; the next begins on the next day, after a weekend, some weeks, or years.

    Rarely a second post elsewhere begins before the first has ended.
    """
    dice = story.dice
    years = max(1, round((about - stint.first) / 365))
    last = months_later(stint.first, 12 * years) - 1
    ends.end_contract(story, stint, last)
    community = stint.stays[0].community
    wait = dice.below(20)
    if wait == 0:
        elsewhere = story.world.elsewhere(dice, community, divisions.BANNER)
        return Next(workday_from(last - dice.between(20, 90)), elsewhere, hired=True)
    if wait <= 6:
        return Next(workday_from(last + 1), community, hired=True)
    if wait <= 10:
        return Next(last + 1, community, hired=True)
    if wait <= 15:
        return Next(workday_from(last + dice.between(8, 60)), community, hired=True)
    return _return(story, stint)


def _return(story: Story, stint: Stint) -> Next | None:
    """Hired again in a later round, at home or elsewhere in the region; None if no such round has come yet."""
    dice = story.dice
    home = stint.community_on(stint.last)
    target = home if dice.chance(0.5) else story.world.elsewhere(dice, home, divisions.LEAGUE)
    earliest = stint.last + dice.between(90, 900)
    rounds = story.world.rounds(target[: divisions.BANNER]).options
    first = next((day for day in rounds if day >= earliest), None)
    return None if first is None else Next(first, target, hired=True)


def _send_within_street(story: Story, stint: Stint) -> None:
    """Sent to another community of the same street (Art. 24), once or twice in a long post."""
    dice = story.dice
    siblings = story.world.atlas.within[stint.stays[0].community[: divisions.STREET]]
    day = stint.first
    while len(siblings) > 1 and dice.chance(0.35):
        day = workday_from(day + dice.between(200, 1800))
        target = dice.pick(siblings)
        if day + 120 > stint.last or target == stint.stays[-1].community:
            return
        stint.stays.append(Stay(day, target))
        story.tell(Assigned(on=day_of(day), community=target), day, target[: divisions.STREET])
