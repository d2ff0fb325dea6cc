"""What cannot be said of one fact, whatever the career: the second gate, after the schema and before the career."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import fields
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from domain import divisions
from domain.calendar import EARLIEST, LATEST
from domain.errors import MalformedError
from domain.facts.absence import LeaveStarted
from domain.facts.amendment import Corrected, Voided
from domain.facts.base import Fact
from domain.facts.merit import Assessed, Trained
from domain.facts.person import Registered
from domain.words import Phrase, Reason

FUTURE = Phrase(
    "{field}:{day} 晚于记录当日 {today};只有计划日期可以在将来",
    "{field}: {day} is a day after today ({today}); only a planned day may lie in the future",
)
TOO_EARLY = Phrase(
    "{field}:{day} 早于 {earliest},不可能;请核对年份",
    "{field}: {day} is before {earliest}, which cannot be true; check the year",
)
TOO_LATE = Phrase(
    "{field}:{day} 晚于 {latest};没有期限的,请省略该字段",
    "{field}: {day} is after {latest}; leave the field out if there is no last day",
)
REVERSED = Phrase(
    "{last}({last_on})早于{first}({first_on})",
    "{last} ({last_on}) is before {first} ({first_on}): a last day before the first",
)
BLANK = Phrase("{field}:不能为空", "{field}: must not be blank")
HALF_HOURS = Phrase("hours:学时应以半小时为单位(如 7、7.5)", "hours: not in half-hour steps (such as 7 or 7.5)")
HOURS_A_YEAR = 366 * 24
"""More hours than a year has, no training takes."""
TOO_MANY_HOURS = Phrase("hours:超过全年小时数 {most};请核对", "hours: more than a year has ({most}); check the number")
CHECK_DIGIT = Phrase(
    "identity:居民身份证号码校验码错误(GB 11643);请逐位核对",
    "identity: wrong check digit (GB 11643); compare it digit by digit with the card",
)
IDENTITY_FORM = Phrase(
    "identity:居民身份证号码应为 17 位数字加 1 位校验码(数字或 X)",
    "identity: an ID card number is 17 digits and a check digit (a digit or X)",
)
SICK_ONLY = Phrase("medical_period_until:医疗期满日只用于病假", "medical_period_until: is for sick leave only")
BEFORE_ITS_YEAR = Phrase(
    "confirmed_on:{year} 年度考核不可能在 {day} 确认",
    "confirmed_on: the assessment of {year} cannot have been confirmed on {day}",
)
SAME_PERSON = Phrase(
    "approved_by:更正、作废须由另一人复核,不得与 recorded_by 相同",
    "approved_by must differ from recorded_by: a correction takes two people",
)

DIVISION_LEVELS = {
    "community": divisions.COMMUNITY,
    "destination": divisions.STREET,
    "origin": divisions.REGION,
}
FIRST_BEFORE_LAST = (
    ("first_day", "last_day"),
    ("on", "probation_until"),
    ("on", "contract_until"),
    ("on", "expected_until"),
    ("on", "full_on"),
    ("on", "until"),
    ("first_day", "planned_last_day"),
)


class _Plan(Struct, frozen=True):
    """Which fields of a type hold what."""

    past: tuple[str, ...]
    planned: tuple[str, ...]
    ordered: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, int], ...]
    texts: tuple[str, ...]
    special: Callable[[Any, date], None] | None
    """A check of its own, if the type has one."""


@cache
def _plan(kind: type[Fact]) -> _Plan:
    known = {field.name: field for field in fields(kind)}
    days = [name for name, field in known.items() if field.type in (date, date | None)]
    return _Plan(
        past=tuple(name for name in days if name not in kind.planned),
        planned=kind.planned,
        ordered=tuple(pair for pair in FIRST_BEFORE_LAST if known.keys() >= set(pair)),
        codes=tuple(item for item in DIVISION_LEVELS.items() if item[0] in known),
        texts=tuple(
            name
            for name, field in known.items()
            if field.type is str and field.required and name not in DIVISION_LEVELS
        ),
        special=_SPECIAL.get(kind),
    )


def check(fact: Fact, *, today: date, within: str = "") -> None:
    """Refuse what cannot be true of `fact` by itself, when it is recorded on the China day `today`.

    Raises `MalformedError` or `UnknownDivisionError`; `within` is put before the name of the field.
    """
    plan = _plan(type(fact))
    for names, latest in ((plan.past, today), (plan.planned, LATEST)):
        for name in names:
            day = getattr(fact, name)
            if day is not None and not EARLIEST <= day <= latest:
                raise MalformedError(_out_of_range(within + name, day, latest))
    for name, level in plan.codes:
        divisions.require(getattr(fact, name), within + name, level)
    for name in plan.texts:
        if not getattr(fact, name).strip():
            raise MalformedError(BLANK(field=within + name))
    _check_order(fact, plan, within)
    if plan.special is not None:
        plan.special(fact, today)


def _check_order(fact: Fact, plan: _Plan, within: str) -> None:
    for first, last in plan.ordered:
        first_on, last_on = getattr(fact, first), getattr(fact, last)
        if last_on is not None and last_on < first_on:
            raise MalformedError(REVERSED(first=within + first, last=within + last, first_on=first_on, last_on=last_on))


def check_two_people(fact: Fact, recorded_by: str) -> None:
    """Refuse an amendment that is approved by the one who records it."""
    if isinstance(fact, (Corrected, Voided)) and fact.approved_by.strip() == recorded_by.strip():
        raise MalformedError(SAME_PERSON())


def _out_of_range(field: str, day: date, latest: date) -> Reason:
    """A day out of range; a date of birth is personal, and is not repeated."""
    shown = "…" if field.endswith("born") else day
    if day < EARLIEST:
        return TOO_EARLY(field=field, day=shown, earliest=EARLIEST)
    if latest == LATEST:
        return TOO_LATE(field=field, day=shown, latest=LATEST)
    return FUTURE(field=field, day=shown, today=latest)


def _check_identity(fact: Registered, _today: date) -> None:
    number = fact.identity
    if len(number) != 18 or not number.isascii() or not number[:17].isdigit() or number[17] not in "0123456789X":
        raise MalformedError(IDENTITY_FORM())
    try:
        right = ric.calc_check_digit(number)
    except ValidationError:  # pragma: no cover - the form was checked above
        raise MalformedError(IDENTITY_FORM()) from None
    if right != number[17]:
        raise MalformedError(CHECK_DIGIT())


def _check_hours(fact: Trained, _today: date) -> None:
    if not (fact.hours * 2).is_integer():
        raise MalformedError(HALF_HOURS())
    if fact.hours > HOURS_A_YEAR:
        raise MalformedError(TOO_MANY_HOURS(most=HOURS_A_YEAR))


def _check_year(fact: Assessed, _today: date) -> None:
    if fact.confirmed_on.year < fact.year:
        raise MalformedError(BEFORE_ITS_YEAR(year=fact.year, day=fact.confirmed_on))


def _check_medical_period(fact: LeaveStarted, _today: date) -> None:
    if fact.medical_period_until is not None and fact.kind != "sick":
        raise MalformedError(SICK_ONLY())


def _check_replacement(fact: Corrected, today: date) -> None:
    check(fact.replacement, today=today, within="replacement.")


_SPECIAL: dict[type[Fact], Callable[[Any, date], None]] = {
    Registered: _check_identity,
    Trained: _check_hours,
    Assessed: _check_year,
    LeaveStarted: _check_medical_period,
    Corrected: _check_replacement,
}
