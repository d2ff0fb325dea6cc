"""Entries to rows of a store and back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from domain.entry import Entry, decode, decode_moment, encode
from domain.errors import DamagedEntryError
from domain.stores.rows import Numbered, Row, Stored
from domain.words import Phrase

DAMAGED = Phrase(
    "位置 {position} 的记录无法解读;可能由更新版本写成,请升级程序后再试,或运行 doctor",
    "the entry at position {position} cannot be decoded; a newer program may have written it: upgrade, or run doctor",
)


def row_of(entry: Entry, told: int) -> Row:
    """The entry as it is stored."""
    state = entry.state
    return Row(entry.career.bytes, entry.number, state.fact.tag(), encode(state), told)


def entry_of(row: Stored, career: UUID) -> Entry:
    """The entry that a row holds. Raises `DamagedEntryError` if it cannot be decoded."""
    try:
        return Entry(career, row.number, row.position, decode(row.state))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedEntryError(DAMAGED(position=row.position)) from error


def decoded(career: UUID, rows: Iterable[Numbered]) -> list[Entry]:
    """The entries of a career's rows. Raises `DamagedEntryError` for the first that is none."""
    entries = []
    for _, number, position, state in rows:
        try:
            entries.append(Entry(career, number, position, decode(state)))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise DamagedEntryError(DAMAGED(position=position)) from error
    return entries


def recorded_at(row: Stored) -> datetime:
    """When the entry of a row was recorded; that can be told even if a newer program wrote the rest of it."""
    try:
        return decode_moment(row.state)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedEntryError(DAMAGED(position=row.position)) from error
