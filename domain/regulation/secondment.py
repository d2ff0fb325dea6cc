"""Secondments 借调 (Art. 24): who may borrow, for how long, and which days are past it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from domain.calendar import Day, corresponding_day, next_workday
from domain.career import Career, Period
from domain.facts import Seconded
from domain.regulation.article import article
from domain.regulation.finding import LAW_BEGINS, Found
from domain.regulation.numbers import CHAIN_DAYS, SECONDMENT_MONTHS
from domain.regulation.readings import Readings
from domain.words import Phrase

BANNED_HOST = Phrase(
    "借调到旗县级以上机关事业单位;第二十四条不允许",
    "lent to a body at banner level or above, which Art. 24 does not allow",
)
UNAPPROVED = Phrase(
    "街道借调未见批准文号;第二十四条要求报本级党委社会工作部门批准",
    "lent to a street without an approval, which Art. 24 requires",
)
OVER_LIMIT = Phrase(
    "自 {first} 起的借调至 {last} 满 {months} 个月,此后超期(第二十四条)",
    "the secondment that began on {first} reached {months} months on {last}; later days are past the limit (Art. 24)",
)
CHAINED = Phrase(
    "与前次借调间隔不足 {days} 天,连续计算;自 {first} 起至 {last} 满 {months} 个月(第二十四条)",
    "fewer than {days} days after the one before, so it is one chain: from {first}, {months} months ended on {last}"
    " (Art. 24)",
)


class Link(Struct, frozen=True, gc=False):
    """One secondment in its chain: links that follow one another within fewer than 30 days share one limit."""

    period: Period
    chain: tuple[Period, ...]
    """The links before this one, the first first."""
    limit: Day
    """The first day past the limit, which the chain's first day sets."""

    @property
    def fact(self) -> Seconded:
        fact = self.period.opened.fact
        assert isinstance(fact, Seconded)
        return fact

    @property
    def first(self) -> Period:
        """The first secondment of the chain."""
        return self.chain[0] if self.chain else self.period

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries of the whole chain up to this link."""
        return tuple(entry for period in (*self.chain, self.period) for entry in period.entries)

    @property
    def banned(self) -> bool:
        return self.fact.host_level == "banner_or_above"

    @property
    def unlawful_from(self) -> Day:
        """The first day that is unlawful; none is before the regulation. It may lie after the secondment's end."""
        since = self.period.begin if self.banned else max(self.period.begin, self.limit)
        return max(since, LAW_BEGINS)


def links(career: Career, readings: Readings) -> list[Link]:
    """Every secondment with its chain and its limit, in order."""
    found: list[Link] = []
    chain: tuple[Period, ...] = ()
    for period in career.secondments:
        if chain and period.begin - chain[-1].end >= CHAIN_DAYS:
            chain = ()
        first = chain[0] if chain else period
        found.append(Link(period, chain, limit_after(first.begin, readings)))
        chain = (*chain, period)
    return found


@article("24", "借调时间不得超过3个月")
def limit_after(first: Day, readings: Readings) -> Day:
    """The first day past the limit of a secondment that began on `first`.

    Three months end on the corresponding day (民法典 202); read `inclusive`, the day before; read `rollover`, on the
    next workday if it is a rest day (民法典 203).
    """
    day = date.fromordinal(first)
    last = corresponding_day(day, SECONDMENT_MONTHS.on(day)).toordinal()
    if readings.limit == "inclusive":
        return last
    if readings.limit == "rollover":
        last = next_workday(last)
    return last + 1


@article("24", "旗县级以上机关事业单位不得借调社区工作者")
def found(career: Career, readings: Readings) -> Iterator[Found]:
    """A banned host, no approval, and the days past the limit of a secondment or of a chain of them."""
    for link in links(career, readings):
        period = link.period
        if link.banned or not link.fact.approval.strip():
            yield Found(
                article="24",
                rule="secondment_banned_host" if link.banned else "secondment_unapproved",
                begin=period.begin,
                end=period.end,
                entries=period.entries,
                why=BANNED_HOST() if link.banned else UNAPPROVED(),
            )
        if link.limit < period.end:
            yield from _past_limit(link)


def _past_limit(link: Link) -> Iterator[Found]:
    first = date.fromordinal(link.first.begin)
    last = date.fromordinal(link.limit - 1)
    months = SECONDMENT_MONTHS.on(first)
    reasons = {"secondment_over_limit": OVER_LIMIT(first=first, last=last, months=months)}
    if link.chain:
        reasons["secondment_chained"] = CHAINED(first=first, last=last, months=months, days=CHAIN_DAYS)
    for rule, why in reasons.items():
        yield Found(
            article="24",
            rule=rule,
            begin=max(link.period.begin, link.limit),
            end=link.period.end,
            entries=link.entries,
            why=why,
        )
