"""What only a request can do wrong.

LedgerError
└── RequestError                the request, before its question is understood
    ├── UnknownParameterError   a query parameter that the route does not take, or one given twice
    ├── UnreadableBodyError     no body, or not the JSON that the route takes
    ├── BodyTooLargeError       more than the route reads
    ├── BodyTooSlowError        it did not arrive in time
    ├── MediaTypeError          a body of another kind than JSON
    ├── NotAcceptableError      an answer of a kind that there is none of
    ├── VersionError            a version of the API that there never was
    ├── MissingKeyError         recording without an `Idempotency-Key`
    ├── PreconditionError       an `If-Match` that is no number
    ├── TooManyRequestsError    more often than a subject may ask
    ├── DeniedError             not permitted, whoever it is about
    ├── BusyError               the server cannot answer just now; again in a moment
    └── NotHereYetError         the position that was waited for has not come
"""

from domain.errors import LedgerError
from domain.words import Reason


class RequestError(LedgerError):
    """The request itself is not right, or cannot be served now."""


class UnknownParameterError(RequestError):
    """A query parameter that the route does not take, or one given twice."""


class UnreadableBodyError(RequestError):
    """No body, or not the JSON that the route takes."""


class BodyTooLargeError(RequestError):
    """More than the route reads."""


class BodyTooSlowError(RequestError):
    """The body did not arrive in time."""


class MediaTypeError(RequestError):
    """A body of another kind than JSON."""


class NotAcceptableError(RequestError):
    """An answer of a kind that there is none of."""


class VersionError(RequestError):
    """A version of the API that there never was."""


class MissingKeyError(RequestError):
    """Recording without an `Idempotency-Key`, or with one that is none."""


class PreconditionError(RequestError):
    """An `If-Match` that is no number of an entry."""


class DeniedError(RequestError):
    """Not permitted, whoever it is about."""


class LaterError(RequestError):
    """Not now; `after` are the seconds until it is worth asking again."""

    def __init__(self, reason: Reason, after: float) -> None:
        super().__init__(reason)
        self.after = after


class TooManyRequestsError(LaterError):
    """More often than a subject may ask."""


class BusyError(LaterError):
    """The server cannot answer just now."""


class NotHereYetError(LaterError):
    """The position that was waited for has not come."""
