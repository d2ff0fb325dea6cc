"""Stories that read as the regulation: what was given, what is asked, what then holds.

    given(hired("2018-03-01"), out("2024-06-28"), into("2024-07-01"))
        .when_asked(service_years, on="2026-06-30")
        .then(since="2018-03-01", ten_years_on="2028-03-03")

Facts are entries 1, 2, 3 … in the order in which they are given. All of them are read as strictly as a line of an
import, and must make a possible career together. `known_at=n` asks what was known when only n of them were recorded.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from domain import facts
from domain.career import Career
from domain.errors import ImpossibleFactError, RefusedError
from domain.facts import AnyFact, PlainFact
from domain.facts.checks import check, check_two_people
from domain.fold import fold
from domain.history import history
from domain.judging import refusals
from domain.line import read_fact
from projections.asking import Asked
from projections.findings import findings_of as findings
from projections.secretary_eligibility import secretary_eligibility as eligibility
from projections.service_years import service_years
from tests.building import asked, entries_of, told

HOME, NEXT_DOOR = "150102001001", "150102001002"
"""Two communities of one street in Hohhot."""
OTHER_STREET = "150102002001"
"""A community of another street of the same banner."""
OTHER_LEAGUE = "150203001015"
"""A community in Baotou."""

NOW = "2026-11-24"
ANY: Any = object()
"""What a story leaves out, it does not care about."""

__all__ = ["eligibility", "findings", "given", "service_years"]


def street(community: str) -> str:
    """The code of a community's street."""
    return community[:9]


def day(text: str | None) -> Any:
    """A day as people write it."""
    return None if text is None else date.fromisoformat(text)


class Answer:
    """What was answered. Every `then` says what must hold, and hands the answer on."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self._answer = answer

    def then(self, **figures: Any) -> "Answer":
        """Figures by their names; a span as (years, months, days)."""
        shown = {name: self._figure(name) for name in figures}
        assert shown == figures, f"answered {shown}"
        return self

    def then_finds(self, rule: str, **wanted: Any) -> "Answer":
        """One finding of this rule has all that is wanted of it."""
        found = self._of(rule)
        shown = [{name: finding[name] for name in wanted} for finding in found]
        assert found, f"no {rule}"
        assert wanted in shown, shown
        return self

    def then_does_not_find(self, rule: str, since: str = ANY) -> "Answer":
        """No finding of this rule; or none that began on this day."""
        found = [finding for finding in self._of(rule) if since in (ANY, finding["since"])]
        assert found == [], found
        return self

    def then_spells(self, *spells: tuple[str, ...]) -> "Answer":
        """All spells: first day, last day, class for Art. 23, and for Art. 32 where that is another."""
        shown = [(one["first_day"], one["last_day"], one["cumulative"], one["continuous"]) for one in self.spells]
        assert shown == [(*spell, spell[-1]) if len(spell) == 3 else spell for spell in spells], shown
        return self

    def then_condition(self, condition: str, met: str, since: str | None = ANY) -> "Answer":
        """How one condition of Art. 32 stands."""
        one = next(one for one in self._answer["conditions"] if one["condition"] == condition)
        assert one["met"] == met, one
        assert since in (ANY, one["since"]), one
        return self

    @property
    def spells(self) -> list[dict[str, Any]]:
        spells: list[dict[str, Any]] = self._answer["spells"]
        return spells

    def _of(self, rule: str) -> list[dict[str, Any]]:
        return [finding for finding in self._answer["findings"] if finding["rule"] == rule]

    def _figure(self, name: str) -> Any:
        if name in self._answer:
            return self._answer[name]
        measure = self._answer["cumulative" if name in ("days", "span") else "continuous"]
        figure = measure[name.removeprefix("continuous_")]
        return tuple(figure.values()) if isinstance(figure, dict) else figure


class Recording:
    """What became of an attempt to record more facts."""

    def __init__(self, errors: Sequence[RefusedError]) -> None:
        self.errors = errors

    def is_refused(self, *, contradicting: int | None = ANY, saying: str = "") -> None:
        """Refused; because of this entry (None: of no entry), and in words among which these stand."""
        assert self.errors, "nothing was refused"
        error = self.errors[0]
        assert saying in str(error), error
        if contradicting is not ANY:
            assert isinstance(error, ImpossibleFactError), error
            assert error.contradicts == contradicting, error

    def is_accepted(self) -> None:
        assert not self.errors, self.errors


class Given:
    """Facts that have been recorded."""

    def __init__(self, told: Sequence[AnyFact]) -> None:
        self._facts = told

    def when_asked(
        self,
        question: Callable[[Career, Asked], object],
        on: str = NOW,
        reading: Mapping[str, Any] | None = None,
        known_at: int | None = None,
    ) -> Answer:
        """Ask, under the default readings but for those named."""
        Recording(_errors([], self._facts, "clerk", NOW)).is_accepted()
        career = fold(history(entries_of(self._facts)[:known_at]))
        return Answer(told(question(career, asked(day(on), dict(reading or {})))))

    def when_recorded(self, *more: AnyFact, by: str = "clerk", today: str = NOW) -> Recording:
        """Try to record more facts, judged as one whole beside those given."""
        return Recording(_errors(self._facts, more, by, today))


def _errors(known: Sequence[AnyFact], more: Sequence[AnyFact], by: str, today: str) -> Sequence[RefusedError]:
    """Why the ledger would refuse more facts: their form first, then each alone, then all together."""
    try:
        for fact in more:
            check(read_fact(msgspec.json.encode(fact)).fact, today=day(today))
            check_two_people(fact, by)
    except RefusedError as error:
        return [error]
    return refusals(entries_of([*known, *more]), len(known))


def given(*told: AnyFact) -> Given:
    """The career that a story is about."""
    return Given(told)


def registered(born: str = "1988-05-20", sex: Any = "female", identity: str | None = None) -> facts.Registered:
    """An ID card number has a check digit (GB 11643): weights are powers of two, modulo 11."""
    number = "150102" + born.replace("-", "") + ("003" if sex == "male" else "002")
    rest = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number)) % 11
    right = number + "10X98765432"[rest]
    return facts.Registered(name="钱丽娟", identity=identity or right, sex=sex, born=day(born))


def hired(on: str, at: str = HOME, role: Any = "specialist", **planned: Any) -> facts.Hired:
    """`planned` are `probation_until`, `contract_until`; and `full_time`."""
    more = {name: day(value) if isinstance(value, str) else value for name, value in planned.items()}
    return facts.Hired(on=day(on), community=at, role=role, **more)


def assigned(on: str, at: str = NEXT_DOOR) -> facts.Assigned:
    return facts.Assigned(on=day(on), community=at)


def out(last_day: str, to: str = street(OTHER_STREET)) -> facts.TransferredOut:
    return facts.TransferredOut(last_day=day(last_day), destination=to)


def into(first_day: str, at: str = OTHER_STREET, origin: str = street(HOME)) -> facts.TransferredIn:
    return facts.TransferredIn(first_day=day(first_day), origin=origin, community=at)


def term(on: str, office: Any = "secretary", at: str = HOME, mode: Any = "elected") -> facts.TermStarted:
    return facts.TermStarted(on=day(on), office=office, community=at, mode=mode)


def term_over(last_day: str, cause: Any = "turnover", office: Any = "secretary", at: str = HOME) -> facts.TermEnded:
    return facts.TermEnded(last_day=day(last_day), office=office, community=at, cause=cause)


def trained(
    last_day: str, hours: float = 40, kind: Any = "special", mode: Any = "online", since: str | None = None
) -> facts.Trained:
    return facts.Trained(first_day=day(since or last_day), last_day=day(last_day), hours=hours, kind=kind, mode=mode)


def probation(on: str, *, passed: bool = False) -> facts.ProbationAssessed:
    return facts.ProbationAssessed(on=day(on), passed=passed)


def assessed(year: int, result: Any = "competent", confirmed_on: str | None = None) -> facts.Assessed:
    """Confirmed on 20 February of the year after, unless said."""
    return facts.Assessed(year=year, result=result, confirmed_on=day(confirmed_on or f"{year + 1}-02-20"))


def seconded(
    first_day: str, host_level: Any = "street", approval: str = "呼社工批〔2025〕3号", planned: str | None = None
) -> facts.Seconded:
    host = "海拉尔东路街道办事处" if host_level == "street" else "新城区住建局"
    return facts.Seconded(
        first_day=day(first_day), host=host, host_level=host_level, approval=approval, planned_last_day=day(planned)
    )


def back(last_day: str) -> facts.SecondmentEnded:
    return facts.SecondmentEnded(last_day=day(last_day))


def leave(first_day: str, kind: Any = "unpaid", medical_period_until: str | None = None) -> facts.LeaveStarted:
    return facts.LeaveStarted(first_day=day(first_day), kind=kind, medical_period_until=day(medical_period_until))


def leave_over(last_day: str) -> facts.LeaveEnded:
    return facts.LeaveEnded(last_day=day(last_day))


def suspended(first_day: str) -> facts.Suspended:
    return facts.Suspended(first_day=day(first_day))


def resolved(last_day: str, outcome: Any = "sanctioned") -> facts.SuspensionResolved:
    return facts.SuspensionResolved(last_day=day(last_day), outcome=outcome)


def prior(first_day: str, last_day: str, kind: Any = "grid_worker") -> facts.PriorServiceRecognised:
    return facts.PriorServiceRecognised(first_day=day(first_day), last_day=day(last_day), kind=kind)


def commended(on: str) -> facts.Commended:
    return facts.Commended(on=day(on), title="优秀社区工作者", level="banner")


def joined_party(on: str, full_on: str | None = None) -> facts.JoinedParty:
    return facts.JoinedParty(on=day(on), full_on=day(full_on))


def resigned(last_day: str) -> facts.Resigned:
    return facts.Resigned(last_day=day(last_day))


def dismissed(last_day: str, item: int = 1) -> facts.Dismissed:
    return facts.Dismissed(last_day=day(last_day), item=item)


def retired(last_day: str) -> facts.Retired:
    return facts.Retired(last_day=day(last_day))


def contract_ended(last_day: str) -> facts.ContractEnded:
    return facts.ContractEnded(last_day=day(last_day))


def died(on: str) -> facts.Died:
    return facts.Died(on=day(on))


def appointed_out(last_day: str) -> facts.AppointedOut:
    return facts.AppointedOut(last_day=day(last_day), to="public_institution")


def corrected(number: int, replacement: PlainFact, reason: str = "档案原件载明", by: str = "li") -> facts.Corrected:
    return facts.Corrected(number=number, replacement=replacement, reason=reason, approved_by=by)


def voided(number: int, by: str = "li") -> facts.Voided:
    return facts.Voided(number=number, reason="误录", approved_by=by)
