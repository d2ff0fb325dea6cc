"""Which entries of one career an auditor should look at: recorded late, edited, or many of them before a next step.

These are reasons to look, nothing found against anybody. Each entry is judged by what it said when it was recorded,
whatever became of it: a late entry that was corrected since was late.

A step is a fact that others in the file are the grounds for, and that gives the person something: a grade 定级 or a
promotion 晋级 (Art. 23: by years of service, posts, assessments); being taken into an institution or the civil service
录用/聘用转出 (Art. 31–32: by ten years, a full term, assessments). Who changes the grounds does so before it. An office
is none, for it is voted on; nor is an honour, which gives no right; nor an end of service.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from domain.calendar import Day
from domain.errors import QuestionError
from domain.facts import FACT_TYPES, AppointedOut, Corrected, Graded, PriorServiceRecognised, Promoted
from domain.words import Phrase, Reason
from projections.kept.recordings import NOTHING, Recording

STEPS = frozenset(kind.tag() for kind in (Graded, Promoted, AppointedOut))

UNDATED = frozenset((PriorServiceRecognised.tag(),))
"""Of earlier service only its own days are told, not when it was recognised: nobody can say that it came late."""

LATE = Phrase(
    "{happened} 发生,{recorded} 登记,相隔 {days} 天,超过 {limit} 天",
    "happened on {happened} and was recorded on {recorded}: {days} days later, more than {limit}",
)
CORRECTION = Phrase("更正第 {target} 条", "corrects entry {target}")
VOIDING = Phrase("作废第 {target} 条", "voids entry {target}")
TOGETHER = Phrase(
    "第 {step} 条({kind},{recorded} 登记)之前 {within} 天内,有 {entries} 条迟登记或更正、作废",
    "in the {within} days before entry {step} ({kind}) was recorded on {recorded}, {entries} entries were recorded late"
    " or edited another",
)
TOO_SMALL = Phrase("{field}:应为 {least} 或更大的整数", "{field}: a whole number, {least} or more")


class Sieve(Struct, frozen=True):
    """From where on an entry is told of. Raises `QuestionError` for what is no number of days or entries."""

    late_after: int = 90
    """An entry is late if more days than this lie between what happened and its recording."""
    within: int = 60
    """How many days before a step was recorded are looked at."""
    at_least: int = 3
    """How many late entries and edits of these days are told together."""

    def __post_init__(self) -> None:
        for field, least in (("late_after", 0), ("within", 0), ("at_least", 1)):
            if getattr(self, field) < least:
                raise QuestionError(TOO_SMALL(field=field, least=least))


USUAL = Sieve()


class LateEntry(Struct, frozen=True, gc=False):
    """An entry recorded more than so many days after what it says happened."""

    number: int
    kind: str
    happened_on: date
    """As the entry said it."""
    recorded_on: date
    recorded_by: str
    days: int
    why: Reason


class Edit(Struct, frozen=True, gc=False):
    """A correction or a voiding, and the entry that it is about."""

    number: int
    kind: str
    target: int
    recorded_on: date
    recorded_by: str
    why: Reason


class Cluster(Struct, frozen=True, gc=False):
    """A step, and the late entries and edits shortly before it was recorded, with who recorded them."""

    step: int
    kind: str
    recorded_on: date
    recorded_by: str
    entries: tuple[int, ...]
    authors: tuple[str, ...]
    why: Reason


class By(NamedTuple):
    """An entry as it was recorded, and who recorded it."""

    entry: Recording
    author: str


class Sifted(NamedTuple):
    """What there is to look at in one career, each by number."""

    late: tuple[LateEntry, ...]
    edits: tuple[Edit, ...]
    clusters: tuple[Cluster, ...]


def sifted(recorded: Iterable[By], first: Day, last: Day, sieve: Sieve, without: frozenset[str]) -> Sifted:
    """Late entries, edits and steps that were recorded from one day to another, both inside.

    What came together before a step may have been recorded before the first day. Entries of the kinds `without`, and
    what amends them, are not told of and not counted.
    """
    shown = _shown(sorted(recorded), without)
    inside = [by for by in shown if first <= by.entry.recorded <= last]
    suspects = [by for by in shown if _is_edit(by) or _is_late(by, sieve)]
    clusters = (_cluster(by, suspects, sieve) for by in inside if by.entry.tag in STEPS)
    return Sifted(
        tuple([_late(by, sieve) for by in inside if _is_late(by, sieve)]),
        tuple([_edit(by) for by in inside if _is_edit(by)]),
        tuple([cluster for cluster in clusters if len(cluster.entries) >= sieve.at_least]),
    )


def _shown(recorded: list[By], without: frozenset[str]) -> list[By]:
    hidden: set[int] = set()
    for entry, _ in recorded if without else ():
        if entry.tag in without or entry.target in hidden:
            hidden.add(entry.number)
    return [by for by in recorded if by.entry.number not in hidden]


def _is_edit(by: By) -> bool:
    return by.entry.target != NOTHING


def _is_late(by: By, sieve: Sieve) -> bool:
    entry = by.entry
    dated = entry.happened != NOTHING and entry.tag not in UNDATED
    return dated and entry.recorded - entry.happened > sieve.late_after


def _late(by: By, sieve: Sieve) -> LateEntry:
    happened, recorded = date.fromordinal(by.entry.happened), date.fromordinal(by.entry.recorded)
    days = by.entry.recorded - by.entry.happened
    why = LATE(happened=happened, recorded=recorded, days=days, limit=sieve.late_after)
    return LateEntry(by.entry.number, by.entry.tag, happened, recorded, by.author, days, why)


def _edit(by: By) -> Edit:
    number, recorded, _, tag, target = by.entry
    why = (CORRECTION if tag == Corrected.tag() else VOIDING)(target=target)
    return Edit(number, tag, target, date.fromordinal(recorded), by.author, why)


def _cluster(step: By, suspects: Iterable[By], sieve: Sieve) -> Cluster:
    """What was recorded before a step within its days, however little it is."""
    number, recorded, _, tag, _ = step.entry
    before = [by for by in suspects if by.entry.number < number and recorded - by.entry.recorded <= sieve.within]
    kind, day = Phrase(FACT_TYPES[tag].zh, tag)(), date.fromordinal(recorded)
    why = TOGETHER(step=number, kind=kind, recorded=day, within=sieve.within, entries=len(before))
    entries = tuple([by.entry.number for by in before])
    return Cluster(number, tag, day, step.author, entries, tuple(sorted({by.author for by in before})), why)
