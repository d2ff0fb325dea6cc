"""The day model: every day of a career counts, bridges or breaks, once for each of the two measures.

Days are kept as stretches `[begin, end)` of one class. They begin with the first day of work and, the last of them,
never end: what is open now is projected as open, so that the day can be told on which ten years will be complete.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from domain.calendar import FOREVER, Day
from domain.career import Career, Period, Post
from domain.facts import PriorServiceRecognised
from domain.regulation import gaps
from domain.regulation.article import IN_FORCE, article
from domain.regulation.readings import Readings
from domain.regulation.states import BREAK, BRIDGE, COUNT, DayClass, State, states
from domain.regulation.transfer import transfers
from domain.regulation.uncounted import Uncounted, uncounted
from domain.words import Phrase, Reason

LAW_BEGINS = IN_FORCE.toordinal()

IN_POST = Phrase("在岗,累计计算(第二十三条)", "in a post, which adds up (Art. 23)")
PLAIN = IN_POST()
IN_POSTS = Phrase("同时在两个以上岗位,只计一次(第二十三条)", "in several posts at once, counted once (Art. 23)")
IN_A_STATE = Phrase("在岗,{states}:{effect}", "in a post, {states}: {effect}")
ALSO = Phrase("{first}、{second}", "{first} and {second}")
EFFECTS = {
    (COUNT, COUNT): Phrase("计入(第二十三条)", "counts (Art. 23)"),
    (COUNT, BRIDGE): Phrase(
        "累计计入(第二十三条),连续只衔接(第三十二条)", "adds up (Art. 23), but only bridges ten years (Art. 32)"
    ),
    (BRIDGE, BRIDGE): Phrase("不计入,但不中断连续", "does not count, and does not break continuity"),
    (BREAK, BREAK): Phrase("不计入,连续中断", "does not count, and breaks continuity"),
}
"""What days come to, by their classes for the two measures."""
PRIOR = {
    "grid_worker": Phrase("认定的网格员工龄(第二十三条)", "recognised service as a grid worker (Art. 23)"),
    "other_region": Phrase("认定的区外工龄", "recognised service in another region"),
    "military": Phrase("认定的服役年限", "recognised military service"),
}
BOTH = Phrase("{post};同期另有{prior},从优计算", "{post}; and {prior}: the better counts")
FIRST_DAY_EXCLUDED = Phrase("首日不计入(民法典 201)", "the first day is not counted (民法典 201)")
BEFORE_LAW = Phrase("{why};施行前的工作不计,衔接", "{why}; service before the regulation bridges")
BESIDE = Phrase("{work};{gap}", "{work}; {gap}")
GONE = gaps.Gap(BREAK, Phrase("已离岗,此后不在岗", "left, and out of service since")())
NOT_YET = gaps.Gap(BREAK, Phrase("尚无计入的工作", "no service that counts yet")())


class Stretch(NamedTuple):
    """Days `[begin, end)` of one class, in one community, for one reason."""

    begin: Day
    end: Day
    cumulative: DayClass
    continuous: DayClass
    community: str | None
    entries: tuple[int, ...]
    why: Reason


@article("23", "工作年限累计计算")
def day_model(career: Career, readings: Readings) -> list[Stretch]:
    """Every day from the first day of work on, in stretches without holes. Empty without any work."""
    posts = [post for post in career.posts if post.full_time or readings.part_time == "counts"]
    prior = _prior(career, readings)
    beside = uncounted(career, readings)
    blocks = _union([*posts, *prior])
    here = _Service(posts, prior, states(career, readings), readings)
    matched = transfers(career) if len(blocks) > 1 else []
    found: list[Stretch] = []
    left = min((one.begin for one in beside), default=FOREVER)
    for place, (begin, end) in enumerate(blocks):
        if place:
            gap = gaps.judge(left, begin, matched, readings)
            found += _out_of_service(left, begin, gap, _entries_around(posts, prior, left, begin), beside)
        elif left < begin:
            found += _out_of_service(left, begin, NOT_YET, (), beside)
        found += here.stretches(begin, end)
        left = end
    if left < FOREVER:
        since = GONE if blocks else NOT_YET
        found += _out_of_service(left, FOREVER, since, _entries_around(posts, prior, left, FOREVER), beside)
    return list(_without_first_days(found)) if readings.first_day == "excluded" else found


def _out_of_service(
    begin: Day, end: Day, gap: gaps.Gap, entries: tuple[int, ...], beside: list[Uncounted]
) -> Iterator[Stretch]:
    """Days that are no service, told apart by the work on them that does not count."""
    cuts = {cut for one in beside for cut in (one.begin, one.end) if begin < cut < end}
    for first, after in pairwise(sorted({begin, end, *cuts})):
        work = next((one for one in beside if one.begin <= first < one.end), None)
        if work is None:
            yield Stretch(first, after, gap.both, gap.both, None, entries, gap.why)
        else:
            why = BESIDE(work=work.why, gap=gap.why)
            yield Stretch(first, after, gap.both, gap.both, work.community, work.entries, why)


def _prior(career: Career, readings: Readings) -> list[Period]:
    """Recognised prior service of the kinds that count."""
    found = []
    for happening in career.notes(PriorServiceRecognised):
        fact = happening.fact
        assert isinstance(fact, PriorServiceRecognised)
        if fact.kind in readings.prior_kinds:
            found.append(Period(happening.day, fact.last_day.toordinal() + 1, happening, None))
    return found


def _union(periods: Iterable[Period]) -> list[tuple[Day, Day]]:
    """The days on which any of the periods goes on, as ranges that do not touch."""
    ranges: list[tuple[Day, Day]] = []
    for begin, end in sorted((period.begin, period.end) for period in periods):
        if ranges and begin <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((begin, end))
    return ranges


def _entries_around(posts: list[Post], prior: list[Period], left: Day, begin: Day) -> tuple[int, ...]:
    """The entries that ended what was before a gap and began what is after it."""
    entries: list[int] = []
    for period in (*prior, *posts):
        if period.end == left:
            entries += period.closed.entries if period.closed else period.opened.entries
        elif period.begin == begin:
            entries += period.opened.entries
    return tuple(sorted(set(entries)))


class _Service:
    """All that classes the days of service."""

    def __init__(self, posts: list[Post], prior: list[Period], states: list[State], readings: Readings) -> None:
        self.posts, self.prior, self.states = posts, prior, states
        self.excluded_before = LAW_BEGINS if readings.before_2024 == "excluded" else 0
        cuts = {self.excluded_before}
        for period in (*posts, *prior):
            cuts.update((period.begin, period.end))
        for state in states:
            cuts.update((state.begin, state.end))
        cuts.update(stay.begin for post in posts for stay in post.stays)
        self.cuts = sorted(cuts)

    def stretches(self, begin: Day, end: Day) -> Iterator[Stretch]:
        """The stretches of an unbroken time of service; neighbours that differ in nothing are one."""
        cuts = [begin, *(cut for cut in self.cuts if begin < cut < end), end]
        current: Stretch | None = None
        for first, after in pairwise(cuts):
            stretch = self._stretch(first, after)
            if current is not None and current[2:] == stretch[2:]:
                current = current._replace(end=after)
                continue
            if current is not None:
                yield current
            current = stretch
        if current is not None:
            yield current

    def _stretch(self, begin: Day, end: Day) -> Stretch:
        posts = [post for post in self.posts if post.begin <= begin < post.end]
        prior = [period for period in self.prior if period.begin <= begin < period.end] if self.prior else []
        here = [state for state in self.states if state.begin <= begin < state.end] if posts else []
        community = posts[0].community_on(begin) if posts else None
        entries = _cited(posts, prior, here, begin)
        if len(posts) == 1 and not (prior or here or begin < self.excluded_before):
            return Stretch(begin, end, COUNT, COUNT, community, entries, PLAIN)
        cumulative, continuous = _better_of(posts, here)
        why = _why(posts, here, (cumulative, continuous))
        if prior:
            cumulative = continuous = COUNT
            earlier = PRIOR[prior[0].opened.fact.kind]()  # type: ignore[union-attr]
            why = BOTH(post=why, prior=earlier) if posts else earlier
        if begin < self.excluded_before:
            cumulative, continuous = max(cumulative, BRIDGE), max(continuous, BRIDGE)
            why = BEFORE_LAW(why=why)
        return Stretch(begin, end, cumulative, continuous, community, entries, why)


def _better_of(posts: Sequence[Post], here: list[State]) -> tuple[DayClass, DayClass]:
    """The worst of all states in each post, and the better of two posts: they are two sources of service."""
    if not here:
        return COUNT, COUNT
    classes = []
    for post in posts:
        of_post = [state for state in here if state.post in (None, post.opened.number)]
        cumulative = max((state.cumulative for state in of_post), default=COUNT)
        continuous = max((state.continuous for state in of_post), default=COUNT)
        classes.append((cumulative, continuous))
    return min(cumulative for cumulative, _ in classes), min(continuous for _, continuous in classes)


def _why(posts: Sequence[Post], here: list[State], classes: tuple[DayClass, DayClass]) -> Reason:
    """The post, every state on top of it, and what the days come to because of them."""
    if not here:
        return IN_POSTS() if len(posts) > 1 else PLAIN
    what = here[0].why
    for state in here[1:]:
        what = ALSO(first=what, second=state.why)
    return IN_A_STATE(states=what, effect=EFFECTS[classes]())


def _cited(posts: list[Post], prior: list[Period], here: list[State], day: Day) -> tuple[int, ...]:
    """The entries that the class of a day rests on."""
    if len(posts) == 1 and not (prior or here) and len(posts[0].stays) == 1:
        return posts[0].entries
    entries: set[int] = set()
    for post in posts:
        entries.update(post.entries)
        stay = next(stay for stay in reversed(post.stays) if stay.begin <= day)
        entries.update(stay.entries)
    for period in prior:
        entries.update(period.entries)
    for state in here:
        entries.update(state.entries)
    return tuple(sorted(entries))


def _without_first_days(stretches: list[Stretch]) -> Iterator[Stretch]:
    """The first day of each unbroken run bridges instead of counting (民法典 201)."""
    broken = True
    for stretch in stretches:
        first = broken and stretch.continuous != BREAK
        broken = stretch.continuous == BREAK
        if not first or (stretch.cumulative and stretch.continuous):
            yield stretch
            continue
        after = stretch.begin + 1
        yield stretch._replace(end=after, cumulative=BRIDGE, continuous=BRIDGE, why=FIRST_DAY_EXCLUDED())
        if after < stretch.end:
            yield stretch._replace(begin=after)
