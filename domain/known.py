"""How much of the ledger is known: up to which position, and at which moment."""

from datetime import datetime

from msgspec import Struct


class Known(Struct, frozen=True, gc=False):
    """Everything up to `position` is known, nothing after it.

    `at` is the moment that was asked for. Asked by position, or for all that is known, it is the moment at which that
    position was recorded; None if nothing has been recorded, or if that entry cannot be read: what is known is
    still all up to `position`.
    """

    position: int
    at: datetime | None
