"""The one fold: `history → career`.

Facts take their place in the order in which they happened. On one day they are placed by the number of their entry,
and what does not fit yet waits for the rest of its day: a leave of a single day may be recorded end first. What does
not fit at the end of its day cannot be true beside the others: it becomes a misfit, with the entry that it
contradicts. Nothing is judged here: a breach of a rule is a fact like any other.
"""

from typing import assert_never

from domain import facts
from domain.calendar import Day
from domain.career import Career, Period, Term
from domain.history import Happening, History, Misfit
from domain.openings import Openings, named, not_begun
from domain.posts import Posts
from domain.words import Phrase

AGAIN = Phrase(
    "{fact}({day}):第 {entry} 条已经记录;如有错误,请更正第 {entry} 条",
    "{fact} on {day}: entry {entry} says so already; if that is wrong, correct entry {entry}",
)
ASSESSED_TWICE = Phrase(
    "{year} 年度考核已由第 {entry} 条记录;一个年度只能有一个有效结果,如有错误请更正",
    "a second live assessment for {year}: entry {entry} is the first; if that is wrong, correct it",
)
REGISTERED_OTHERWISE = Phrase(
    "第 {entry} 条已建档,内容不同;如有错误或变更,请更正第 {entry} 条",
    "entry {entry} registered the person, and says otherwise; if that is wrong or has changed, correct entry {entry}",
)
BEFORE_BIRTH = Phrase("出生日期晚于第 {entry} 条所记的日期", "born after the day of entry {entry}")
AFTER_DEATH = Phrase(
    "{fact}({day}):在第 {entry} 条所记的死亡之后",
    "{fact} on {day}: after the death that entry {entry} records",
)
NEVER_HIRED = Phrase(
    "{fact}({day}):此前没有聘用记录", "{fact} on {day}: an end without its beginning: no hiring before it"
)

NOTED: tuple[type[facts.Fact], ...] = (
    facts.Trained,
    facts.Graded,
    facts.Promoted,
    facts.Certified,
    facts.Commended,
    facts.Sanctioned,
    facts.Tolerated,
    facts.Nominated,
    facts.JoinedParty,
    facts.PriorServiceRecognised,
)
"""Facts that open and close nothing, and that nothing can contradict."""

NOTED_IF_POSSIBLE: tuple[type[facts.Fact], ...] = (facts.Assessed, facts.ProbationAssessed)
"""Facts that open and close nothing, but that another fact can contradict."""


def fold(history: History) -> Career:
    """The career that a history makes. Pure; the same for live answers, kept tables and replays."""
    return _Fold().run(history)


class _Fold:
    def __init__(self) -> None:
        self.posts = Posts()
        self.terms: Openings[tuple[str, str], Term] = Openings(_term)
        self.secondments: Openings[None, Period] = Openings(_period)
        self.leaves: Openings[None, Period] = Openings(_period)
        self.suspensions: Openings[None, Period] = Openings(_period)
        self.registered: Happening | None = None
        self.died: Happening | None = None
        self.assessed: dict[int, int] = {}
        self.first: Happening | None = None
        self.noted: dict[type[facts.Fact], list[Happening]] = {kind: [] for kind in (*NOTED, *NOTED_IF_POSSIBLE)}

    def run(self, history: History) -> Career:
        misfits = list(history.misfits)
        self.first = history.happenings[0] if history.happenings else None
        waiting: list[Happening] = []
        kept_as_they_are = {kind: self.noted[kind] for kind in NOTED}
        for happening in history.happenings:
            notes = kept_as_they_are.get(type(happening.fact))
            if notes is not None:  # Nothing can contradict most facts: a short way for them.
                notes.append(happening)
                continue
            if waiting and happening.day != waiting[0].day:
                misfits += self.settle(waiting)
                waiting = []
            if self.place(happening) is not None:
                waiting.append(happening)
        misfits += self.settle(waiting)
        return Career(
            known=history.known,
            registered=self.registered,
            died=self.died,
            posts=self.posts.openings.all(),
            terms=self.terms.all(),
            secondments=self.secondments.all(),
            leaves=self.leaves.all(),
            suspensions=self.suspensions.all(),
            noted=self.noted,
            misfits=misfits,
        )

    def settle(self, waiting: list[Happening]) -> list[Misfit]:
        """Place what waited for the rest of its day, as long as something of it can be placed."""
        while waiting:
            misfits = [misfit for happening in waiting if (misfit := self.place(happening))]
            if len(misfits) == len(waiting):
                return misfits
            left = {misfit.number for misfit in misfits}
            waiting = [happening for happening in waiting if happening.number in left]
        return []

    def place(self, happening: Happening) -> Misfit | None:  # noqa: C901, PLR0911, PLR0912 - one case a kind
        """Put one fact into the career, or say why it cannot be true beside those before it; frequent kinds first."""
        match happening.fact:
            case facts.LeaveStarted():
                return self.leaves.begin(None, happening)
            case facts.LeaveEnded():
                return self.leaves.end(None, happening)
            case facts.Assessed(year=year):
                return self.assess(happening, year)
            case facts.Hired() | facts.TransferredIn() | facts.Assigned() | facts.TermStarted():
                return self.begin(happening)
            case facts.TransferredOut() | facts.ContractEnded():
                return self.posts.end_earliest(happening)
            case facts.TermEnded(office=office, community=community):
                return self.terms.end((office, community), happening)
            case facts.Seconded():
                return self.secondments.begin(None, happening)
            case facts.SecondmentEnded():
                return self.secondments.end(None, happening)
            case facts.Suspended():
                return self.suspensions.begin(None, happening)
            case facts.SuspensionResolved():
                return self.suspensions.end(None, happening)
            case facts.ProbationAssessed():
                return self.assess_probation(happening)
            case facts.Registered():
                return self.register(happening)
            case facts.Resigned() | facts.Dismissed() | facts.Retired() | facts.AppointedOut() | facts.Died():
                return self.end_all_service(happening)
            case facts.Trained() | facts.Graded() | facts.Promoted() | facts.PriorServiceRecognised():
                return self.note(happening)
            case facts.Certified() | facts.Commended() | facts.Sanctioned() | facts.Tolerated():
                return self.note(happening)
            case facts.Nominated() | facts.JoinedParty():
                return self.note(happening)
            case _ as never:
                assert_never(never)

    def note(self, happening: Happening) -> Misfit | None:
        """Keep a fact that opens and closes nothing."""
        self.noted[type(happening.fact)].append(happening)
        return None

    def assess(self, happening: Happening, year: int) -> Misfit | None:
        entry = self.assessed.setdefault(year, happening.number)
        if entry != happening.number:
            return Misfit(happening.number, ASSESSED_TWICE(year=year, entry=entry), entry)
        return self.note(happening)

    def assess_probation(self, happening: Happening) -> Misfit | None:
        if not self.posts.hired:
            return Misfit(happening.number, NEVER_HIRED(**named(happening)))
        return self.note(happening)

    def register(self, happening: Happening) -> Misfit | None:
        """Open the person's file. Another office may open it again, if it says the same."""
        if self.registered is not None and self.registered.fact == happening.fact:
            return None
        if self.registered is not None:
            entry = self.registered.number
            return Misfit(happening.number, REGISTERED_OTHERWISE(entry=entry), entry)
        first = self.first
        if first is not None and first.day < happening.day:
            entry = first.number
            return Misfit(happening.number, BEFORE_BIRTH(entry=entry), entry)
        self.registered = happening
        return None

    def begin(self, happening: Happening) -> Misfit | None:
        """Begin a post, a stay in another community, or a term: not after death."""
        if self.died is not None and self.died.day < happening.day:
            entry = self.died.number
            return Misfit(happening.number, AFTER_DEATH(**named(happening), entry=entry), entry)
        fact = happening.fact
        if isinstance(fact, facts.TermStarted):
            return self.terms.begin((fact.office, fact.community), happening)
        if isinstance(fact, facts.Assigned):
            return self.posts.assign(happening)
        return self.posts.begin(happening)

    def end_all_service(self, happening: Happening) -> Misfit | None:
        """End all posts and any open secondment, leave, suspension or term; whoever dies need not be in service."""
        dies = isinstance(happening.fact, facts.Died)
        if dies and self.died is not None:
            entry = self.died.number
            return Misfit(happening.number, AGAIN(**named(happening), entry=entry), entry)
        if not dies and not self.posts.openings and not self.terms:
            return not_begun(happening, self.posts.last_ended_by())
        self.posts.openings.end_all(happening)
        self.terms.end_all(happening)
        for absences in (self.secondments, self.leaves, self.suspensions):
            absences.end_all(happening)
        if dies:
            self.died = happening
        return None


def _period(opened: Happening, closed: Happening | None, end: Day) -> Period:
    return Period(opened.day, end, opened, closed)


def _term(opened: Happening, closed: Happening | None, end: Day) -> Term:
    fact = opened.fact
    assert isinstance(fact, facts.TermStarted)
    return Term(opened.day, end, opened, closed, fact.office, fact.community)
