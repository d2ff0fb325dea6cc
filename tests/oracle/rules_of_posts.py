"""Rules about posts: two at once, hirings, probation, retirement, party membership (Art. 3, 9, 20, 30, 32, 37)."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from domain.facts import Hired, JoinedParty, TermStarted, Trained
from tests.oracle.classes import deciding_assessments, nothing_changes_after
from tests.oracle.days import add_months, after, before, ranges
from tests.oracle.timeline import Stretch
from tests.oracle.transfers import matched
from tests.oracle.verdict import Asked, Held

DELAYED_RETIREMENT = {
    # age: (first birth month that is delayed, months of birth to a month of delay, most months of delay)
    60: (date(1965, 1, 1), 4, 36),
    55: (date(1970, 1, 1), 4, 36),
    50: (date(1975, 1, 1), 2, 60),
}


def post_rules(asked: Asked) -> Iterator[Held]:
    for one, other in combinations(asked.timeline.posts, 2):
        yield from _double_post(asked, one, other)
    yield from _retirement_overdue(asked)
    yield from _secretary_not_full_member(asked)


def _horizon(asked: Asked) -> date:
    return max(asked.on, nothing_changes_after(asked.timeline))


def _double_post(asked: Asked, one: Stretch, other: Stretch) -> Iterator[Held]:
    """Two full-time posts in different communities; not the days that a matched Out and In share."""
    if any(isinstance(post.opened, Hired) and not post.opened.full_time for post in (one, other)):
        return
    if any(left in (one, other) and arrival in (one, other) for left, arrival in matched(asked.timeline)):
        return
    horizon = _horizon(asked)
    both = one.days(horizon) & other.days(horizon)
    apart = {day for day in both if one.community(day) != other.community(day)}
    for first, last in ranges(apart):
        yield Held("3", "double_post", "breach", first, last if last < horizon else None)


def _retirement_overdue(asked: Asked) -> Iterator[Held]:
    person = asked.timeline.registered
    if person is None:
        return
    age = 60 if person.sex == "male" else int(asked.readings["retirement_female"])
    first_delayed, step, most = DELAYED_RETIREMENT[age]
    months = (person.born.year - first_delayed.year) * 12 + person.born.month - first_delayed.month
    delay = 0 if months < 0 else min(months // step + 1, most)
    retirement = add_months(person.born, age * 12 + delay)
    for post in asked.posts():
        if post.last is None or post.last > retirement:
            yield Held("30", "retirement_overdue", "breach", max(after(retirement), post.first), post.last)


def _secretary_not_full_member(asked: Asked) -> Iterator[Held]:
    full = min((fact.full_on for fact in asked.notes(JoinedParty) if fact.full_on), default=date.max)
    horizon = _horizon(asked)
    days = {
        day
        for term in asked.timeline.terms
        if isinstance(term.opened, TermStarted) and term.opened.office == "secretary"
        for day in term.days(horizon)
        if day < full
    }
    for first, last in ranges(days):
        yield Held("32", "secretary_not_full_member", "review", first, last if last < horizon else None)


def hiring_rules(asked: Asked) -> Iterator[Held]:
    person = asked.timeline.registered
    for post in asked.posts():
        if person and isinstance(post.opened, Hired) and post.opened.role == "specialist":
            young, old = add_months(person.born, 16 * 12), add_months(person.born, 40 * 12)
            if not young <= post.first < old:
                yield Held("9", "underage_or_overage_hire", "review", post.first, post.first)
    for post in asked.posts()[:1]:
        hours = sum(
            fact.hours
            for fact in asked.notes(Trained)
            if fact.kind == "pre_post" and fact.mode == "offline" and fact.last_day < post.first
        )
        if isinstance(post.opened, Hired) and hours < 24:
            yield Held("20", "no_pre_post_training", "breach", post.first, post.first)


def probation_rules(asked: Asked) -> Iterator[Held]:
    """Each hiring's last assessment by the asked day decides."""
    for post, assessment in deciding_assessments(asked.timeline, asked.on).items():
        if post not in asked.posts():
            continue
        assert isinstance(post.opened, Hired)
        until = post.opened.probation_until
        if until and assessment.on > until:
            yield Held("37(1)", "probation_decided_late", "breach", after(until), assessment.on)
        kept = after(max(assessment.on, until or assessment.on))
        if not assessment.passed and (post.last is None or post.last >= kept):
            yield Held("37(1)", "probation_failed_kept", "breach", kept, post.last)


def last_day_of_service(asked: Asked, day: date) -> date | None:
    """The last day of the unbroken time in posts around `day`; None if it goes on; `day` itself if in no post then."""
    if not any(post.holds(day) for post in asked.posts()):
        return day
    while day < _horizon(asked):
        day = after(day)
        if not any(post.holds(day) for post in asked.posts()):
            return before(day)
    return None
