"""Words into a question. Two times in every question: on which day, and as known when."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from domain.calendar import EARLIEST, LATEST
from domain.entry import utc
from domain.errors import QuestionError
from domain.regulation.readings import DEFAULT, Readings, parse
from domain.words import Phrase

NOT_A_DAY = Phrase("{field}:应为真实日期 YYYY-MM-DD", "{field}: write a real day as YYYY-MM-DD")
DAY_OUT_OF_RANGE = Phrase(
    "{field}:应在 {earliest} 至 {latest} 之间", "{field}: a day between {earliest} and {latest}, please"
)
NOT_KNOWLEDGE = Phrase(
    "{field}:应为位置(整数)或带时区的时刻,如 2026-11-24T08:00:00Z",
    "{field}: write a position (a whole number), or a moment with its zone such as 2026-11-24T08:00:00Z",
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POSITION = re.compile(r"\d{1,18}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)

Knowledge = datetime | int | None
"""As known at a moment, at a position, or now."""


class Question(Struct, frozen=True, kw_only=True):
    """What is asked about a career, whatever the answer: on which day, as known when, under which readings."""

    on: date
    known_at: Knowledge = None
    readings: Readings = DEFAULT


def question(*, on: str | None, known_at: str | None, readings: Sequence[str], today: date) -> Question:
    """The question that these words ask; without a day it is about today. Raises `QuestionError`."""
    return Question(
        on=today if on is None else day(on, "on"),
        known_at=None if known_at is None else knowledge(known_at, "known_at"),
        readings=parse(readings),
    )


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
    if _MOMENT.fullmatch(text):
        try:
            return utc(datetime.fromisoformat(text.upper()))
        except (ValueError, OverflowError):
            pass
    raise QuestionError(NOT_KNOWLEDGE(field=field))
