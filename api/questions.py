"""Words into a question. Two times in every question: on which day, and as known when."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.calendar import EARLIEST, LATEST
from domain.divisions import BANNER, COMMUNITY, EDITION, LEAGUE, REGION, REGION_CODE, STREET, names
from domain.entry import utc
from domain.errors import QuestionError
from domain.facts import FACT_TYPES, Corrected, Voided
from domain.regulation.readings import DEFAULT, Readings, parse
from domain.words import Phrase
from projections.happened import KINDS, Cursor

NOT_A_DAY = Phrase("{field}:应为真实日期 YYYY-MM-DD", "{field}: write a real day as YYYY-MM-DD")
DAY_OUT_OF_RANGE = Phrase(
    "{field}:应在 {earliest} 至 {latest} 之间", "{field}: a day between {earliest} and {latest}, please"
)
NOT_KNOWLEDGE = Phrase(
    "{field}:应为位置(整数)或带时区的时刻,如 2026-11-24T08:00:00Z",
    "{field}: write a position (a whole number), or a moment with its zone such as 2026-11-24T08:00:00Z",
)
NOT_A_DIVISION = Phrase(
    "{field}:区划代码应为 2(自治区)、4(盟市)、6(旗县)、9(街道)或 12(社区)位数字,如 1501",
    "{field}: write a division code of 2 (region), 4 (league), 6 (banner), 9 (street) or 12 (community) digits,"
    " such as 1501",
)
NO_SUCH_DIVISION = Phrase(
    "{field}:{edition} 版区划表中没有 {code};请核对代码,或先查其上级 {superior}",
    "{field}: edition {edition} has no {code}; check the code, or ask about its superior {superior}",
)
NOT_AN_ARTICLE = Phrase(
    "{field}:应写作条 37 或条款 37(1)", "{field}: write an article as 37, or with its paragraph as 37(1)"
)
NOT_A_KIND = Phrase("{field}:没有这种事实;可取:{known}", "{field}: there is no such fact; it can be {known}")
NOT_A_CURSOR = Phrase(
    "{field}:应照抄上一答案的 next:日期/履历/条号",
    "{field}: copy it from `next` of the answer before: DAY/CAREER/NUMBER",
)
NOT_A_PLACE = Phrase(
    "{field}:应照抄上一答案的 next:日期/条号", "{field}: copy it from `next` of the answer before: DAY/NUMBER"
)
NOT_A_MOMENT = Phrase(
    "{field}:应为带时区的时刻,如 2026-11-24T08:00:00Z",
    "{field}: write a moment with its zone, such as 2026-11-24T08:00:00Z",
)
NOT_A_CAREER = Phrase("{field}:应为履历 UUID", "{field}: write the UUID of a career")
NOT_WHOLE = Phrase("{field}:应为 {least} 至 {most} 的整数", "{field}: a whole number from {least} to {most}, please")
BACKWARDS = Phrase(
    "{first} 晚于 {last};起日不能晚于止日", "{first} is after {last}: the first day before the last, please"
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POSITION = re.compile(r"\d{1,18}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)

_TOLD = tuple(tag for tag, kind in FACT_TYPES.items() if kind not in (Corrected, Voided))
"""What stands in a timeline: amendments stand beside what they amended."""

_LEVELS = (REGION, LEAGUE, BANNER, STREET, COMMUNITY)
_ARTICLE = re.compile(r"[1-9]\d?(\([1-9]\))?", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)

Knowledge = datetime | int | None
"""As known at a moment, at a position, or now."""


class Question(Struct, frozen=True, kw_only=True):
    """What is asked about a career, whatever the answer: on which day, as known when, under which readings."""

    on: date
    known_at: Knowledge = None
    readings: Readings = DEFAULT


class DivisionQuestion(Question, frozen=True, kw_only=True):
    """What is asked about all careers of a division: a code that the edition has."""

    division: str


def question(*, on: str | None, known_at: str | None, readings: Sequence[str], today: date) -> Question:
    """The question that these words ask; without a day it is about today. Raises `QuestionError`."""
    return Question(
        on=today if on is None else day(on, "on"),
        known_at=None if known_at is None else knowledge(known_at, "known_at"),
        readings=parse(readings),
    )


def division_question(
    *, division: str, on: str | None, known_at: str | None, readings: Sequence[str], today: date
) -> DivisionQuestion:
    """The question about a division that these words ask. Raises `QuestionError`."""
    asked = question(on=on, known_at=known_at, readings=readings, today=today)
    return DivisionQuestion(
        division=division_code(division, "division"), on=asked.on, known_at=asked.known_at, readings=asked.readings
    )


def division_code(text: str, field: str) -> str:
    """A division of the edition. Raises `QuestionError`; a text that is no code of the region is not repeated."""
    if text in names():
        return text
    digits = text.isascii() and text.isdigit() and len(text) in _LEVELS
    if not digits or not text.startswith(REGION_CODE):
        raise QuestionError(NOT_A_DIVISION(field=field))
    superior = max((text[:length] for length in _LEVELS if text[:length] in names()), key=len)
    raise QuestionError(NO_SUCH_DIVISION(field=field, code=text, edition=EDITION, superior=superior))


def article_number(text: str, field: str) -> str:
    """An article, or one with its paragraph. Raises `QuestionError`."""
    written = text.replace("\uff08", "(").replace("\uff09", ")")
    if not _ARTICLE.fullmatch(written):
        raise QuestionError(NOT_AN_ARTICLE(field=field))
    return written


def kind_of_fact(text: str, field: str) -> str:
    """The tag of a fact that happens in a division. Raises `QuestionError`."""
    if text not in KINDS:
        raise QuestionError(NOT_A_KIND(field=field, known=", ".join(KINDS)))
    return text


def any_kind_of_fact(text: str, field: str) -> str:
    """The tag of a fact that a timeline tells. Raises `QuestionError`."""
    if text not in _TOLD:
        raise QuestionError(NOT_A_KIND(field=field, known=", ".join(_TOLD)))
    return text


def days_between(first: str, last: str, fields: tuple[str, str]) -> tuple[date, date]:
    """Two days, both inside. Raises `QuestionError`."""
    begin, end = day(first, fields[0]), day(last, fields[1])
    if begin > end:
        raise QuestionError(BACKWARDS(first=begin, last=end))
    return begin, end


def cursor(text: str, field: str) -> Cursor:
    """Where the answer before ended. Raises `QuestionError`."""
    on, _, rest = text.partition("/")
    career, _, number = rest.partition("/")
    try:
        if _NUMBER.fullmatch(number):
            return Cursor(day(on, field), UUID(career), int(number))
    except (ValueError, QuestionError):
        pass
    raise QuestionError(NOT_A_CURSOR(field=field))


def whole_number(text: str, field: str, least: int, most: int) -> int:
    """A whole number within bounds, both inside. Raises `QuestionError`."""
    number = int(text) if _POSITION.fullmatch(text) else -1
    if not least <= number <= most:
        raise QuestionError(NOT_WHOLE(field=field, least=least, most=most))
    return number


def day(text: str, field: str) -> date:
    """A day that can be asked about. Raises `QuestionError`."""
    try:
        asked = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        asked = None
    if asked is None:
        raise QuestionError(NOT_A_DAY(field=field))
    if not EARLIEST <= asked <= LATEST:
        raise QuestionError(DAY_OUT_OF_RANGE(field=field, earliest=EARLIEST, latest=LATEST))
    return asked


def knowledge(text: str, field: str) -> datetime | int:
    """A position or a moment. Raises `QuestionError`."""
    if _POSITION.fullmatch(text):
        return int(text)
    found = _read_moment(text)
    if found is None:
        raise QuestionError(NOT_KNOWLEDGE(field=field))
    return found


def moment(text: str, field: str) -> datetime:
    """A moment. Raises `QuestionError`."""
    found = _read_moment(text)
    if found is None:
        raise QuestionError(NOT_A_MOMENT(field=field))
    return found


def _read_moment(text: str) -> datetime | None:
    try:
        return utc(datetime.fromisoformat(text.upper())) if _MOMENT.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def career_named(text: str, field: str) -> UUID:
    """A career by its UUID. Raises `QuestionError`."""
    try:
        return UUID(text)
    except ValueError:
        raise QuestionError(NOT_A_CAREER(field=field)) from None
