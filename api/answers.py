"""A question to an answer: find the career, take what was known, fold it, and ask."""

from typing import NamedTuple
from uuid import UUID

from api.folds import Folds, folded
from api.questions import Knowledge, Question
from domain.career import Career
from domain.entry import Entry
from domain.history import History
from domain.known import Known
from domain.ledger import Ledger
from projections.asking import Asked
from projections.compare import Comparison
from projections.compare import compare as comparison
from projections.findings import Findings, findings_of
from projections.secretary_eligibility import SecretaryEligibility, secretary_eligibility
from projections.service_years import ServiceYears, service_years
from projections.timeline import Timeline
from projections.timeline import timeline as timeline_of


class Subject(NamedTuple):
    """A career as known when it was asked about, and the question that an answer will repeat."""

    entries: list[Entry]
    history: History
    career: Career
    asked: Asked


class Desk:
    """Answers questions about careers. `worker` is an office's key or a career's UUID.

    Every method raises `CareerNotFoundError` if nothing was known of the career, and `NotWrittenYetError` for a
    position after the ledger's last.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.folds = Folds(ledger)

    def service_years(self, worker: str, question: Question) -> ServiceYears:
        """Art. 23."""
        subject = self.subject(worker, question)
        return service_years(subject.career, subject.asked)

    def eligibility(self, worker: str, question: Question) -> SecretaryEligibility:
        """Art. 32."""
        subject = self.subject(worker, question)
        return secretary_eligibility(subject.career, subject.asked)

    def findings(self, worker: str, question: Question) -> Findings:
        """Every rule that was broken, or is in doubt."""
        subject = self.subject(worker, question)
        return findings_of(subject.career, subject.asked)

    def timeline(self, worker: str, question: Question) -> Timeline:
        """Everything in order, with both times."""
        entries, told, career, asked = self.subject(worker, question)
        return timeline_of(entries, told, career, asked)

    def compare(self, worker: str, question: Question, a: Knowledge, b: Knowledge) -> Comparison:
        """What two moments of knowledge differ in. Nothing need have been known at the earlier one."""
        career = self._ledger.career_of(worker)
        known_a, known_b = self._ledger.known(a), self._ledger.known(b)
        later = max(known_a, known_b, key=lambda known: known.position)
        asked = Asked(career, worker, question.on, later, question.readings)
        return comparison(self._ledger.entries(career, later), known_a, known_b, asked)

    def subject(self, worker: str, question: Question) -> Subject:
        """The career as known when it is asked about."""
        career: UUID = self._ledger.career_of(worker)
        known = self._ledger.known(question.known_at)
        fold = folded(self._ledger.entries(career, known))
        return Subject(*fold, Asked(career, worker, question.on, known, question.readings))

    def seen(self, career: UUID, worker: str, question: Question, known: Known, number: int) -> Subject:
        """The same of a career that was looked up: `number` is its last entry that is known."""
        fold = self.folds.of(career, number, known)
        return Subject(*fold, Asked(career, worker, question.on, known, question.readings))
