"""Everything that the ledger refuses to do.

LedgerError
├── RefusedError               cannot be true, or may not be said
│   ├── MalformedError         not of the form that the contract fixes (says which field)
│   ├── ImpossibleFactError    contradicts the career (says which entry)
│   ├── UnknownDivisionError   no such code in the edition
│   └── RecordedAtError        a moment after now, or before the ledger's last entry
├── StaleCareerError           someone else wrote the next entry first
├── ReusedKeyError             the key of a request stands for another one
├── CareerNotFoundError        no such career, or not yet known at that moment
├── NotWrittenYetError         a position after the ledger's last
├── QuestionError              a question that cannot be asked: a day, a moment, a reading
├── KeyMismatchError           not the key that this ledger's worker keys were digested with
└── StoreError                 the store cannot be used
    ├── NotALedgerError        the file is something else, or from a newer program
    ├── LedgerBusyError        another process is writing
    ├── StoreFullError         the disk is full
    ├── UnreachableStoreError  no server answers, or the connection to it was lost
    ├── OutcomeUnknownError    the connection was lost while it was storing
    ├── ReadOnlyStoreError     the file or its folder may not be written
    └── DamagedEntryError      an entry cannot be decoded (says its position)

A message says what was wrong, where, which rule, and what to do. It never holds a name, an ID number or a worker key.
"""

from typing import Any

from domain.words import Language, Reason


class LedgerError(Exception):
    """Refused, with a reason that can be said in Chinese and in English."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason

    def say(self, language: Language) -> str:
        return self.reason.say(language)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it gets from one process to another: whole, whatever its kind holds besides the reason."""
        return _remade, (type(self), self.args, vars(self))


def _remade(kind: type[LedgerError], arguments: tuple[Any, ...], held: dict[str, Any]) -> LedgerError:
    error = kind.__new__(kind, *arguments)
    vars(error).update(held)
    return error


class RefusedError(LedgerError):
    """Cannot be true, or may not be said. Nothing was stored."""


class MalformedError(RefusedError):
    """Not of the form that the contract fixes."""


class ImpossibleFactError(RefusedError):
    """Contradicts the career that all known facts make together.

    `number` is the entry that does not fit, `contradicts` the entry that it contradicts, if there is one.
    """

    def __init__(self, reason: Reason, *, number: int, contradicts: int | None) -> None:
        super().__init__(reason)
        self.number = number
        self.contradicts = contradicts


class UnknownDivisionError(RefusedError):
    """No such code in the edition of the division table."""


class RecordedAtError(RefusedError):
    """The moment of recording is after now, or before the ledger's last entry."""


class StaleCareerError(LedgerError):
    """Someone else wrote the next entry first: read the career again and decide again."""


class ReusedKeyError(LedgerError):
    """The key of a request was used for another request. Nothing was stored; of the facts nothing is said."""


class CareerNotFoundError(LedgerError):
    """No such career in this ledger, or none of it known at the asked moment."""


class NotWrittenYetError(LedgerError):
    """Nothing has been written at that position yet."""


class QuestionError(LedgerError):
    """A question that cannot be asked."""


class KeyMismatchError(LedgerError):
    """The digest key is not the one that this ledger's worker keys were digested with."""


class StoreError(LedgerError):
    """The store cannot be used. Nothing was stored, unless it is an `OutcomeUnknownError`."""


class NotALedgerError(StoreError):
    """The file is not a career ledger, or one of a newer program."""


class LedgerBusyError(StoreError):
    """Another process is writing."""


class StoreFullError(StoreError):
    """The disk is full."""


class UnreachableStoreError(StoreError):
    """No server answers, or the connection to it was lost; it may come back."""


class OutcomeUnknownError(StoreError):
    """The connection was lost while the server was storing: it is not known whether it has. Read again."""


class ReadOnlyStoreError(StoreError):
    """The file, or the folder that it is in, may not be written."""


class DamagedEntryError(StoreError):
    """A stored entry cannot be decoded."""
