"""Answers as rows of the access log, and back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from api.office.errors import NOT_TEXT, UnkeepableError
from api.office.records import Accessed, Answered

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

COLUMNS = (
    "at",
    "subject",
    "role",
    "token",
    "jurisdiction",
    "action",
    "purpose",
    "case_number",
    "query",
    "position",
    "outcome",
    "request",
)
"""The columns of an answer after its number, in their order in the table."""

Row = tuple[Any, ...]
Logged = tuple[Row, Sequence[UUID]]
"""The columns of an answer after its number, and whom it told of."""


def microseconds(moment: datetime) -> int:
    """A moment, exactly, in microseconds since 1970 UTC; one without a time zone is a `TypeError`."""
    return (moment - EPOCH) // MICROSECOND


def moment(microseconds: int) -> datetime:
    """The moment so many microseconds after 1970, in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def check_text(**fields: str) -> None:
    """Raises `UnkeepableError` for the first field with text that not every store can hold."""
    whole = "".join(fields.values())
    if whole.isascii() and "\0" not in whole:
        return
    for field, text in fields.items():
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise UnkeepableError(NOT_TEXT(field=field))


def row_of(answered: Answered) -> Row:
    """The columns of an answer after its number. Raises `UnkeepableError`."""
    check_text(
        subject=answered.subject,
        role=answered.role,
        token=answered.token,
        jurisdiction=answered.jurisdiction,
        action=answered.action,
        purpose=answered.purpose,
        case_number=answered.case_number,
        query=answered.query,
        request=answered.request,
    )
    return (
        microseconds(answered.at),
        answered.subject,
        answered.role,
        answered.token,
        answered.jurisdiction,
        answered.action,
        answered.purpose,
        answered.case_number,
        answered.query,
        answered.position,
        answered.outcome,
        answered.request,
    )


def numbered(answers: Iterable[Logged], first: int) -> list[Row]:
    """The rows of the answers from number `first` on."""
    return [(number, *row) for number, (row, _) in enumerate(answers, first)]


def disclosed(answers: Iterable[Logged], first: int) -> list[tuple[bytes, int]]:
    """Whom the answers from number `first` on told of, each once an answer, in the order of the index by career."""
    return sorted(
        (career, number)
        for number, (_, careers) in enumerate(answers, first)
        for career in {career.bytes for career in careers}
    )


def accessed(row: Row) -> Accessed:
    """A record of the log from a row: the answer's number, its columns, the career of one whom it told of."""
    return Accessed(row[0], moment(row[1]), *row[2:-1], None if row[-1] is None else UUID(bytes=row[-1]))  # type: ignore[call-arg]
