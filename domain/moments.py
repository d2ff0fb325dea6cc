"""When the ledger learned something: never after now, and never before what it learned last."""

from datetime import datetime

from domain.entry import utc
from domain.errors import RecordedAtError
from domain.words import Phrase

AFTER_NOW = Phrase("recorded_at:晚于当前时刻;请核对,或省略", "recorded_at: after now; check it, or leave it out")
BEFORE_LAST = Phrase(
    "recorded_at:早于账本最后一条的记录时刻 {last};补录请省略 recorded_at(以导入时刻记录),迁移旧账本请导入新账本",
    "recorded_at: before the ledger's last entry ({last}); leave it out to record it as learned now,"
    " or migrate an older ledger into a new one",
)


def not_before(last: datetime | None, now: datetime) -> datetime:
    """The moment of recording, in UTC: now, but never before the ledger's last entry, if the clock was set back."""
    return utc(now) if last is None else max(utc(now), last)


def check_moment(recorded_at: datetime | None, *, now: datetime, last: datetime | None) -> None:
    """Refuse a told moment of recording that is after now, or before the ledger's last entry.

    Raises `RecordedAtError`. The last entry's own moment is allowed: a batch shares it.
    """
    if recorded_at is None:
        return
    if recorded_at > now:
        raise RecordedAtError(AFTER_NOW())
    if last is not None and recorded_at < last:
        raise RecordedAtError(BEFORE_LAST(last=last.isoformat().replace("+00:00", "Z")))
