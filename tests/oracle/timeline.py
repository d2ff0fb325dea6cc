"""Facts put on the time axis: posts, terms, absences. Nothing is judged here.

Facts are taken by the day they happened, then by number. One that does not fit waits for the rest of its day and is
tried again; one that still does not fit is set aside in `unplaced`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.facts import (
    AppointedOut,
    Assessed,
    Assigned,
    ContractEnded,
    Died,
    Dismissed,
    Fact,
    Hired,
    LeaveEnded,
    LeaveStarted,
    ProbationAssessed,
    Registered,
    Resigned,
    Retired,
    Seconded,
    SecondmentEnded,
    Suspended,
    SuspensionResolved,
    TermEnded,
    TermStarted,
    TransferredIn,
    TransferredOut,
    happened_on,
)
from tests.oracle.days import each_day

Numbered = tuple[int, Fact]

ENDS_ALL_SERVICE = (Resigned, Dismissed, Retired, Died, AppointedOut)


@dataclass(eq=False)
class Stretch:
    """Something that one fact opened, and another closed on its last day; no last day while it is open."""

    opened: Fact
    number: int
    first: date
    last: date | None = None
    closed: Fact | None = None
    places: list[tuple[date, str]] = field(default_factory=list)
    """For a post: from which day on it was served in which community."""

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def days(self, until: date) -> set[date]:
        """All its days; if it is open, those up to `until`."""
        return set(each_day(self.first, until if self.last is None else self.last))

    def community(self, day: date) -> str:
        return [community for since, community in self.places if since <= day][-1]

    def close(self, fact: Fact) -> bool:
        self.last, self.closed = happened_on(fact), fact
        return True


class Timeline:
    """Everything that the facts make of a career."""

    def __init__(self, facts: Iterable[Numbered]) -> None:
        self.posts: list[Stretch] = []
        self.terms: list[Stretch] = []
        self.secondments: list[Stretch] = []
        self.leaves: list[Stretch] = []
        self.suspensions: list[Stretch] = []
        self.notes: list[Fact] = []
        """What opens and closes nothing, in order."""
        self.registered: Registered | None = None
        self.died: date | None = None
        self.placed: list[Fact] = []
        self.unplaced: list[int] = []
        ordered = sorted(facts, key=lambda numbered: (happened_on(numbered[1]), numbered[0]))
        for day in sorted({happened_on(fact) for _, fact in ordered}):
            self._place_day([numbered for numbered in ordered if happened_on(numbered[1]) == day])

    def _place_day(self, waiting: list[Numbered]) -> None:
        while waiting:
            left = [numbered for numbered in waiting if not self._place(*numbered)]
            if len(left) == len(waiting):
                self.unplaced += [number for number, _ in left]
                return
            waiting = left

    def _place(self, number: int, fact: Fact) -> bool:
        place = _PLACES.get(type(fact), Timeline._note)
        fits = place(self, number, fact)
        if fits:
            self.placed.append(fact)
        return fits

    def _note(self, number: int, fact: Fact) -> bool:
        self.notes.append(fact)
        return True

    def _register(self, number: int, fact: Registered) -> bool:
        if self.registered == fact:
            return True
        if self.registered or any(happened_on(other) < fact.born for other in self.placed):
            return False
        self.registered = fact
        return True

    def _assess(self, number: int, fact: Assessed) -> bool:
        if any(isinstance(note, Assessed) and note.year == fact.year for note in self.notes):
            return False
        return self._note(number, fact)

    def _assess_probation(self, number: int, fact: ProbationAssessed) -> bool:
        return any(isinstance(post.opened, Hired) for post in self.posts) and self._note(number, fact)

    def _dead_before(self, fact: Fact) -> bool:
        return self.died is not None and self.died < happened_on(fact)

    def _begin_post(self, number: int, fact: Hired | TransferredIn) -> bool:
        if self._dead_before(fact) or any(post.places[-1][1] == fact.community for post in opened(self.posts)):
            return False
        day = happened_on(fact)
        self.posts.append(Stretch(fact, number, day, places=[(day, fact.community)]))
        return True

    def _assign(self, number: int, fact: Assigned) -> bool:
        now = [post.places[-1][1] for post in opened(self.posts)]
        same_street = [post for post in opened(self.posts) if post.places[-1][1][:9] == fact.community[:9]]
        if self._dead_before(fact) or fact.community in now or not same_street:
            return False
        same_street[0].places.append((fact.on, fact.community))
        return True

    def _end_earliest_post(self, number: int, fact: TransferredOut | ContractEnded) -> bool:
        return any(post.close(fact) for post in opened(self.posts)[:1])

    def _begin_term(self, number: int, fact: TermStarted) -> bool:
        if self._dead_before(fact) or any(_office(term.opened) == _office(fact) for term in opened(self.terms)):
            return False
        self.terms.append(Stretch(fact, number, fact.on))
        return True

    def _end_term(self, number: int, fact: TermEnded) -> bool:
        return _end([term for term in self.terms if _office(term.opened) == _office(fact)], fact)

    def _end_all(self, number: int, fact: Fact) -> bool:
        dies = isinstance(fact, Died)
        if self.died if dies else not opened(self.posts + self.terms):
            return False
        for stretch in opened(self.posts + self.terms + self.secondments + self.leaves + self.suspensions):
            stretch.close(fact)
        if dies:
            self.died = happened_on(fact)
        return True


def opened(stretches: list[Stretch]) -> list[Stretch]:
    """Those that are still open, the earliest-begun first."""
    return sorted((one for one in stretches if one.last is None), key=lambda one: (one.first, one.number))


def _office(fact: Fact) -> tuple[str, str]:
    return fact.office, fact.community  # type: ignore[attr-defined]


def _end(stretches: list[Stretch], fact: Fact) -> bool:
    """Close the one that is open; or say how that ended which an end of all service closed on this very day."""
    for stretch in opened(stretches):
        return stretch.close(fact)
    for stretch in reversed(stretches):
        if stretch.last == happened_on(fact) and isinstance(stretch.closed, ENDS_ALL_SERVICE):
            return stretch.close(fact)
    return False


def _opens(name: str) -> Callable[[Timeline, int, Fact], bool]:
    def place(timeline: Timeline, number: int, fact: Fact) -> bool:
        stretches: list[Stretch] = getattr(timeline, name)
        if opened(stretches):
            return False
        stretches.append(Stretch(fact, number, happened_on(fact)))
        return True

    return place


def _closes(name: str) -> Callable[[Timeline, int, Fact], bool]:
    return lambda timeline, number, fact: _end(getattr(timeline, name), fact)


_PLACES: dict[Any, Callable[..., bool]] = {
    Registered: Timeline._register,
    Assessed: Timeline._assess,
    ProbationAssessed: Timeline._assess_probation,
    Hired: Timeline._begin_post,
    TransferredIn: Timeline._begin_post,
    Assigned: Timeline._assign,
    TransferredOut: Timeline._end_earliest_post,
    ContractEnded: Timeline._end_earliest_post,
    TermStarted: Timeline._begin_term,
    TermEnded: Timeline._end_term,
    Seconded: _opens("secondments"),
    SecondmentEnded: _closes("secondments"),
    LeaveStarted: _opens("leaves"),
    LeaveEnded: _closes("leaves"),
    Suspended: _opens("suspensions"),
    SuspensionResolved: _closes("suspensions"),
    **dict.fromkeys(ENDS_ALL_SERVICE, Timeline._end_all),
}
