"""Secretary eligibility 书记优选 (Art. 32): secretary now, ten continuous years, a full term, excellent performance."""

from datetime import date

from msgspec import Struct

from domain.calendar import Day
from domain.career import Career
from domain.regulation.article import article
from domain.regulation.full_term import full_terms
from domain.regulation.offices import tenures, terms_as
from domain.regulation.performance import performance
from domain.regulation.readings import Readings
from domain.regulation.service import Service, service
from domain.regulation.states import COUNT
from domain.regulation.verdict import NO, UNDETERMINED, YES, Met
from domain.words import Phrase, Reason

SECRETARY = Phrase("自 {first} 起任社区党组织书记", "secretary of a community's party organisation since {first}")
NOT_SECRETARY = Phrase("{on} 不任社区党组织书记", "not secretary of a community's party organisation on {on}")
TEN_YEARS = Phrase("自 {since} 起连续工作满十年", "ten continuous years, served since {since}")
TEN_YEARS_COMING = Phrase(
    "自 {since} 起连续工作 {days} 天;如无变化,{on} 满十年",
    "{days} continuous days since {since}; ten years on {on} if nothing changes",
)
TEN_YEARS_NOT = Phrase(
    "连续工作 {days} 天,照现状不会满十年", "{days} continuous days; as things stand, ten years will not be reached"
)
NO_FULL_TERM = Phrase("任社区党组织书记未满一届", "no full term as secretary")
NEVER_SECRETARY = Phrase("未任过社区党组织书记", "never secretary of a community's party organisation")


class Condition(Struct, frozen=True, gc=False):
    """One condition of Art. 32. `since` is the first day of its unbroken run of being met."""

    condition: str
    met: Met
    since: date | None
    article: str
    entries: tuple[int, ...]
    why: Reason


class Eligibility(Struct, frozen=True, gc=False):
    """All conditions, and what they come to. Advice to a human decision (个人信息保护法 24)."""

    eligible: Met
    eligible_on: date | None
    conditions: tuple[Condition, ...]


@article("32", "可以按照事业单位公开招聘规定择优聘用为事业单位工作人员")
def eligibility(career: Career, readings: Readings, on: date, known: Service | None = None) -> Eligibility:
    """Whether a secretary may be taken into a public institution, as it stands on a day.

    `known` is the service of the same career, readings and day, if it has been computed already.
    """
    served = known if known is not None else service(career, readings, on)
    asked = on.toordinal()
    conditions = (
        _secretary_now(career, on),
        _ten_years(served, on),
        _full_term(career, readings, asked),
        _excellent(career, readings, asked),
    )
    met = {condition.met for condition in conditions}
    if NO in met:
        only_ten_years = [c.condition for c in conditions if c.met != YES] == ["ten_years_continuous"]
        coming = served.continuous.ten_years_on if only_ten_years else None
        return Eligibility(NO, coming, conditions)
    if UNDETERMINED in met:
        return Eligibility(UNDETERMINED, None, conditions)
    return Eligibility(YES, max(c.since for c in conditions if c.since), conditions)


@article("32", "社区党组织书记")
def _secretary_now(career: Career, on: date) -> Condition:
    asked = on.toordinal()
    for tenure in tenures(terms_as(career, "secretary")):
        if tenure.begin <= asked < tenure.end:
            first = date.fromordinal(tenure.begin)
            entries = tuple(e for term in tenure.terms if term.begin <= asked for e in term.entries)
            return Condition("secretary_now", YES, first, "32", entries, SECRETARY(first=first))
    return Condition("secretary_now", NO, None, "32", (), NOT_SECRETARY(on=on))


@article("32", "在社区连续工作10年以上")
def _ten_years(served: Service, on: date) -> Condition:
    continuous = served.continuous
    entries = sorted({entry for stretch in served.run if stretch.continuous == COUNT for entry in stretch.entries})
    reached = continuous.ten_years_on
    if reached is not None and reached <= on:
        met: Met = YES
        why = TEN_YEARS(since=continuous.since)
    elif reached is not None:
        met = NO
        why = TEN_YEARS_COMING(since=continuous.since or on, days=continuous.days, on=reached)
    else:
        met = NO
        why = TEN_YEARS_NOT(days=continuous.days)
    since = reached if met == YES else None
    return Condition("ten_years_continuous", met, since, "32", tuple(entries), why)


def _full_term(career: Career, readings: Readings, asked: Day) -> Condition:
    for served in full_terms(career, readings):
        if served.since <= asked:
            since = date.fromordinal(served.since)
            return Condition("full_term", YES, since, "32", served.entries, served.why)
    terms = [term for term in terms_as(career, "secretary") if term.begin <= asked]
    entries = tuple(entry for term in terms for entry in term.entries)
    return Condition("full_term", NO, None, "32", entries, NO_FULL_TERM() if terms else NEVER_SECRETARY())


def _excellent(career: Career, readings: Readings, asked: Day) -> Condition:
    standing, since = performance(career, readings, asked)
    first = date.fromordinal(since) if since is not None else None
    return Condition("excellent_performance", standing.met, first, "32", standing.entries, standing.why)
