"""Questions of a department 社会工作部 about all careers of a division, answered from kept tables."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TypeVar
from uuid import UUID

from api.questions import DivisionQuestion
from domain.entry import decode
from domain.errors import QuestionError
from domain.facts import Corrected, PlainFact, Voided
from domain.known import Known
from domain.ledger import Ledger
from domain.regulation.finding import Severity
from domain.words import Phrase
from projections.asking import AskedOfDivision
from projections.division_findings import DivisionFindings, findings_in
from projections.eligible import Eligible, eligible
from projections.happened import LIMIT, Cursor, Happenings, Key, happened
from projections.kept.snapshot import Snapshot
from projections.late_entries import LateEntries, late_entries
from projections.people import Matching, People, people
from projections.reaching import Reaching
from projections.roster import Roster, roster
from projections.sieve import USUAL, Sieve
from projections.statistics import Statistics, statistics
from projections.upcoming import Upcoming, upcoming

TOO_FAR = Phrase(
    "on:{on} 太远,尚未按该日之前的年度判定;最晚可问 {last}",
    "on: {on} is too far ahead, the years before it have not been judged; the last day to ask about is {last}",
)

A = TypeVar("A")
OpenSnapshot = Callable[[DivisionQuestion], AbstractContextManager[tuple[Snapshot, Known]]]
"""The tables that answer a question, and up to where in the ledger they know."""


class Department:
    """Answers questions about divisions. Every method raises `QuestionError` for a day that is too far ahead."""

    def __init__(self, ledger: Ledger, open_snapshot: OpenSnapshot) -> None:
        self._ledger = ledger
        self._open = open_snapshot

    def roster(self, question: DivisionQuestion) -> Roster:
        """Who serves there, as what, for how long."""
        return self._ask(question, roster)

    def eligible(self, question: DivisionQuestion, before: date | None = None) -> Eligible:
        """Its secretaries under Art. 32; those only who are eligible before a day, if one is given."""
        return self._ask(question, lambda snapshot, asked: eligible(snapshot, asked, before))

    def findings(
        self,
        question: DivisionQuestion,
        article: str | None = None,
        severity: Severity | None = None,
        *,
        open_only: bool = False,
    ) -> DivisionFindings:
        """What is found there; of one article, of one severity, or what still goes on."""
        return self._ask(
            question, lambda snapshot, asked: findings_in(snapshot, asked, article, severity, open_only=open_only)
        )

    def happened(  # noqa: PLR0913 - each is a part of the question
        self,
        question: DivisionQuestion,
        first: date,
        last: date,
        *,
        kind: str | None = None,
        author: str | None = None,
        reaching: Reaching | None = None,
        limit: int = LIMIT,
        after: Cursor | None = None,
    ) -> Happenings:
        """What happened there from one day to another, both inside; recorded by an author, of careers in reach."""
        return self._ask(
            question,
            lambda snapshot, asked: happened(
                snapshot,
                self._facts_of,
                asked,
                first,
                last,
                kind=kind,
                author=author,
                reaching=reaching,
                limit=limit,
                after=after,
            ),
        )

    def people(
        self,
        question: DivisionQuestion,
        reaching: Reaching,
        *,
        name: str | None = None,
        matching: Matching = "exact",
        limit: int,
        after: UUID | None = None,
    ) -> People:
        """Who is there, of this name, of the careers in reach."""
        return self._ask(
            question,
            lambda snapshot, asked: people(
                snapshot, asked, reaching, name=name, matching=matching, limit=limit, after=after
            ),
        )

    def late_entries(
        self,
        question: DivisionQuestion,
        reaching: Reaching,
        first: date,
        last: date,
        *,
        sieve: Sieve = USUAL,
        limit: int,
        after: UUID | None = None,
    ) -> LateEntries:
        """What was recorded there from one day to another, both inside, and should be looked at."""
        return self._ask(
            question,
            lambda snapshot, asked: late_entries(
                snapshot, asked, reaching, first, last, sieve=sieve, limit=limit, after=after
            ),
        )

    def upcoming(self, question: DivisionQuestion, within: int) -> Upcoming:
        """What comes due there from the asked day to so many days after it."""
        return self._ask(question, lambda snapshot, asked: upcoming(snapshot, asked, within))

    def statistics(self, question: DivisionQuestion, population: int | None = None) -> Statistics:
        """Its figures; against the staffing standard if the number of its urban residents is given."""
        return self._ask(question, lambda snapshot, asked: statistics(snapshot, asked, population))

    def _ask(self, question: DivisionQuestion, answer: Callable[[Snapshot, AskedOfDivision], A]) -> A:
        with self._open(question) as (snapshot, known):
            if question.on.toordinal() > snapshot.horizon:
                raise QuestionError(TOO_FAR(on=question.on, last=date.fromordinal(snapshot.horizon)))
            return answer(snapshot, AskedOfDivision(question.division, question.on, known, question.readings))

    def _facts_of(self, keys: Sequence[Key]) -> dict[Key, PlainFact | Corrected | Voided]:
        """What entries say, from the ledger: an entry never changes, so that it fits tables of any position."""
        states = self._ledger.recorder.state_of(keys)
        return {key: decode(state).fact for key, state in states.items()}
