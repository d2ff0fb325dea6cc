"""Kept table `recordings` 登记: who recorded what, on which day, whether it still stands or not.

One row for every career and author. What it holds is MessagePack: a list of `[number, recorded, happened, tag, target]`
in the order of recording. `recorded` is the China day on which the ledger learned it; `happened` the day that the fact
takes in the career, as this entry says it; `target` the entry that an amendment is about. Where there is none, it is 0:
an amendment has no day, and the day of a registration is a date of birth, which is not kept a second time.

`begins` and `ends` tell between which days of recording the row's entries lie, `[begins, ends)`.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import Any, NamedTuple

from msgspec.msgpack import Decoder, Encoder

from domain.calendar import AHEAD_OF_UTC, Day, china_day
from domain.facts import FACT_TYPES, Corrected, Fact, Registered, Voided
from projections.kept.folded import Folded
from projections.kept.table import Table

NOTHING = 0
"""No day, or no entry."""


class Recording(NamedTuple):
    """One entry, as an author recorded it."""

    number: int
    recorded: Day
    happened: Day
    tag: str
    target: int


RECORDINGS_OF = Decoder(list[Recording]).decode
"""Reads the column `items`."""

_packed = Encoder().encode

_AMENDMENTS = (Corrected, Voided)
_HOW: dict[type[Fact], tuple[str, str]] = {
    kind: (tag, "" if kind in (Registered, *_AMENDMENTS) else kind.happened) for tag, kind in FACT_TYPES.items()
}
"""Of every kind of fact its tag, and the field with its day if that is kept."""

_NEXT_DAY_FROM = 24 - AHEAD_OF_UTC.seconds // 3600
"""The hour in UTC at which the next day begins in China."""


def author_as_kept(author: str) -> str:
    """An author's name as rows have it: PostgreSQL keeps no text with a NUL in it."""
    return author.replace("\0", "\ufffd")


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """One row for every author of the career."""
    by_author: defaultdict[str, list[tuple[int, Day, Day, str, int]]] = defaultdict(list)
    for entry in folded.entries:
        state = entry.state
        fact, moment = state.fact, state.recorded_at
        tag, field = _HOW[type(fact)]
        # `china_day`, without the call: nearly every moment is in UTC, and then the hour tells.
        utc = moment.tzinfo is UTC
        recorded = moment.toordinal() + (moment.hour >= _NEXT_DAY_FROM) if utc else china_day(moment).toordinal()
        happened = getattr(fact, field).toordinal() if field else NOTHING
        target = NOTHING if field else getattr(fact, "number", NOTHING)
        by_author[state.recorded_by].append((entry.number, recorded, happened, tag, target))
    for author in [author for author in by_author if "\0" in author]:
        same = by_author[author_as_kept(author)]
        same.extend(by_author.pop(author))
        same.sort()
    for author, these in by_author.items():
        # Moments of recording never go back, so that the first entry has the first day.
        yield folded.key, author, these[0][1], these[-1][1] + 1, _packed(these)


RECORDINGS = Table(
    "recordings",
    {"career": "BLOB", "author": "TEXT", "begins": "INTEGER", "ends": "INTEGER", "items": "BLOB"},
    key=("career", "author"),
    indexes=(("author",),),
    rows=rows,
)
