"""Careers to rows, and the one error policy: live catch-up, rebuild and audit all make their rows here.

What cannot be folded is parked, with the reason and with the communities that its entries name, and the other careers
go on. Nothing is skipped silently and nothing stops the rest.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.calendar import Day
from domain.errors import LedgerError
from domain.ledger import decoded
from domain.regulation.readings import Readings
from domain.stores.rows import Numbered
from domain.words import Phrase, Reason
from projections.keeping.errors import NOT_TEXT, UnkeepableError
from projections.kept.folded import Folded
from projections.kept.snapshot import Parked
from projections.kept.table import Table

UNFOLDABLE = Phrase(
    "处理时出错({kind},{place});请将此信息报告给维护者,升级后运行 rebuild",
    "failed with {kind} at {place}; report this, and after an upgrade run rebuild",
)

_NUL, _WRITTEN_NUL = "\0", rb"\u0000"
"""A character that PostgreSQL has no text for; and as JSON writes it, so that few rows have to be looked through."""

_COMMUNITY = re.compile(rb'"community":"(\d{12})"')


class Terms(NamedTuple):
    """Under which readings rows are made, and the last day for which yearly rules are judged."""

    readings: Readings
    horizon: Day


class Made(NamedTuple):
    """The rows of some careers, by table, and those that could not be folded."""

    careers: list[bytes]
    facts: int
    rows: dict[str, list[tuple[Any, ...]]]
    parked: list[Parked]


def make(careers: Iterable[list[Numbered]], tables: Sequence[Table], terms: Terms) -> Made:
    """All rows of these careers, each given by its stored rows."""
    made = Made([], 0, {table.name: [] for table in tables}, [])
    facts = 0
    for stored in careers:
        career = stored[0][0]
        made.careers.append(career)
        facts += len(stored)
        try:
            folded = Folded(career, decoded(UUID(bytes=career), stored), *terms)
            rows = [list(table.rows(folded)) for table in tables]
            _check_text(stored, rows)
        except Exception as error:
            made.parked.append(_parked(career, stored, error))
            continue
        for table, these in zip(tables, rows, strict=True):
            made.rows[table.name] += these
    return made._replace(facts=facts)


def _check_text(stored: list[Numbered], rows: list[list[tuple[Any, ...]]]) -> None:
    """Refuse rows with a text that not every store can hold: all stores keep the same rows."""
    if any(_WRITTEN_NUL in state for *_, state in stored):
        values = (value for these in rows for row in these for value in row)
        if any(isinstance(value, str) and _NUL in value for value in values):
            raise UnkeepableError(NOT_TEXT())


def _parked(career: bytes, stored: list[Numbered], error: Exception) -> Parked:
    communities = sorted({found.decode() for *_, state in stored for found in _COMMUNITY.findall(state)})
    return Parked(career, max(position for _, _, position, _ in stored), _reason(error), tuple(communities))


def _reason(error: Exception) -> Reason:
    """Why a career cannot be folded. Of an error that is not ours only the kind and the place: it could hold a name."""
    if isinstance(error, LedgerError):
        return error.reason
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code if trace is not None else None
    place = f"{code.co_name}:{trace.tb_lineno}" if code is not None and trace is not None else "?"
    return UNFOLDABLE(kind=type(error).__name__, place=place)
