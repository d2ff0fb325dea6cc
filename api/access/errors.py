"""Why a token is not taken, and why none can be looked at.

LedgerError
├── TokenError                who asks has not been shown: 401
│   ├── MissingTokenError     there is no bearer token
│   ├── BadTokenError         not a token, not signed by a known key, or it does not say what is needed
│   ├── EarlyTokenError       it is not good yet
│   └── ExpiredTokenError     it was good
├── KeysUnavailableError      the keys cannot be had at present: 503
├── BadKeysError              a key set that is not to be used (says which key)
└── SigningKeyError           the ledger's own key cannot be used, or is not the one in use

A message never repeats anything of a token: it could be used as long as it is good, and it says whose it is.
"""

from domain.errors import LedgerError
from domain.words import Reason


class TokenError(LedgerError):
    """Who asks has not been shown."""


class MissingTokenError(TokenError):
    """There is no bearer token."""


class BadTokenError(TokenError):
    """Not a token, not signed by a known key, or it does not say what is needed."""


class EarlyTokenError(TokenError):
    """The token is not good yet."""


class ExpiredTokenError(TokenError):
    """The token is no longer good."""


class KeysUnavailableError(LedgerError):
    """The keys that tokens are verified by cannot be had at present.

    `retry_after` is in seconds. `cause` is for who runs the ledger, not for who asks: it can name files and hosts.
    """

    def __init__(self, reason: Reason, *, retry_after: int, cause: Reason | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.cause = cause


class BadKeysError(LedgerError):
    """A key set that is not to be used: it cannot be read, it gives secrets away, or it has no key for tokens."""


class SigningKeyError(LedgerError):
    """The ledger's own key cannot be used, or tokens are not signed with it here."""
