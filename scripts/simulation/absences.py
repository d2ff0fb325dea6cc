"""Leaves and suspensions within a post: yearly leave, sickness, children, injuries, unpaid leave."""

from domain.calendar import Day
from domain.facts import LeaveEnded, LeaveKind, LeaveStarted, Sanctioned, Suspended, SuspensionResolved
from scripts.simulation.dice import Odds
from scripts.simulation.hiring import months_later
from scripts.simulation.lending import lend
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stint, Story, day_of, in_year

_YEARLY = Odds[str](
    ("", 830), ("sick", 75), ("injury", 7), ("unpaid", 9), ("suspended", 6), ("lent", 38), ("maternity", 35)
)
"""What befalls a worker in a year, beside the yearly leave."""

MATERNITY_DAYS = 158
"""Source: 内蒙古自治区人口与计划生育条例: 98 days and 60 more."""

SANCTIONS = ("警告", "记过", "党内警告", "党内严重警告", "诫勉")


def be_absent(story: Story) -> None:
    """All absences of a career, none of them over another."""
    dice = story.dice
    children = 0
    for stint in story.stints:
        for year in story.years(stint):
            first, last = in_year(stint, year)
            if last - first < 60:
                continue
            happens = dice.of(_YEARLY)
            day = workday_from(first + 20 + dice.below(last - first - 30))
            if happens == "maternity":
                children += _have_child(story, stint, day, year, children)
            elif happens == "suspended":
                _suspend(story, stint, day)
            elif happens == "lent":
                lend(story, stint, day)
            elif happens:
                _leave(story, stint, day, happens)
            for _ in range(_holidays(story, year)):
                rest = workday_from(first + dice.below(last - first - 20))
                _tell_leave(story, stint, rest, rest + dice.pick((2, 4, 4, 6, 9)), "statutory")


def _holidays(story: Story, year: int) -> int:
    """How often yearly leave is taken, and entered, in a year: seldom at first."""
    if year < 2012:
        return int(story.dice.chance(0.4))
    return 1 + story.dice.chance(0.45) if story.dice.chance(0.85) else 0


def _have_child(story: Story, stint: Stint, day: Day, year: int, children: int) -> bool:
    age = year - day_of(story.person.born).year
    if story.person.sex == "male" or children >= 2 or not 23 <= age <= 38:
        return False
    return _tell_leave(story, stint, day, day + MATERNITY_DAYS - 1, "maternity")


def _leave(story: Story, stint: Stint, day: Day, kind: str) -> None:
    dice = story.dice
    if kind == "sick":
        length = dice.between(3, 25) if dice.chance(0.8) else dice.between(40, 420)
        medical = months_later(day, dice.pick((3, 3, 6, 9, 12))) - 1 if length > 25 and dice.chance(0.85) else None
        _tell_leave(story, stint, day, day + length, "sick", medical)
    elif kind == "injury":
        _tell_leave(story, stint, day, day + dice.between(7, 150), "injury")
    else:
        _tell_leave(story, stint, day, day + dice.between(80, 720), "unpaid")


def _tell_leave(story: Story, stint: Stint, first: Day, last: Day, kind: LeaveKind, medical: Day | None = None) -> bool:
    """A leave, if its days are free. At the end of all service a leave may stay without an end of its own."""
    never_back = stint.ends_all and last >= stint.last and kind != "statutory"
    last = min(last, stint.last)
    if not story.book(first, last):
        return False
    until = day_of(medical) if medical else None
    street = stint.street_on(first)
    story.tell(LeaveStarted(first_day=day_of(first), kind=kind, medical_period_until=until), first, street)
    if not never_back:
        story.tell(LeaveEnded(last_day=day_of(last)), last, street)
    return True


def _suspend(story: Story, stint: Stint, first: Day) -> None:
    """Suspended until cleared or sanctioned; never over the end of the post."""
    dice = story.dice
    last = first + dice.between(15, 200)
    if last >= stint.last or not story.book(first, last):
        return
    street = stint.street_on(first)
    story.tell(Suspended(first_day=day_of(first)), first, street)
    cleared = dice.chance(0.45)
    story.tell(SuspensionResolved(last_day=day_of(last), outcome="cleared" if cleared else "sanctioned"), last, street)
    if not cleared:
        sanction(story, last)


def sanction(story: Story, day: Day) -> None:
    """A disciplinary sanction (Art. 38), mostly for a time."""
    dice = story.dice
    until = day_of(months_later(day, dice.pick((6, 12, 18, 24)))) if dice.chance(0.7) else None
    decision = f"纪〔{day_of(day).year}〕{dice.between(1, 90)}号"
    fact = Sanctioned(on=day_of(day), kind=dice.pick(SANCTIONS), decision_no=decision, until=until)
    story.tell(fact, day, story.street_on(day))
