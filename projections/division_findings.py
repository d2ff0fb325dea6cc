"""Which rules were broken in this division, by whom, and which of that still goes on?"""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct

from domain.regulation.finding import LAW_BEGINS, Severity
from domain.regulation.readings import Readings
from domain.words import Reason, said
from projections.asking import AskedOfDivision, DivisionAnswer, about_division, community_of
from projections.kept.snapshot import Snapshot
from projections.kept.table import numbers_in

_SEVERITY = "CASE WHEN f.ends <= :law OR :on < :law THEN 'info' ELSE f.severity END"

_SEEN = f"""
    SELECT f.career, f.place, f.community, p.name, f.article, f.rule, {_SEVERITY}, f.begins, f.ends, f.entries,
           f.why_zh, f.why_en
    FROM {{findings}} AS f
    LEFT JOIN {{people}} AS p ON p.career = f.career
    WHERE f.community >= :first AND f.community < :end AND f.here_since <= :on
      AND f.begins <= :on AND f.seen <= :on AND f.gone > :on
"""  # noqa: S608 - no value is part of it
_OF_ARTICLE = " AND (f.article = :article OR substr(f.article, 1, :length) = :paragraphs)"
_OF_SEVERITY = f" AND {_SEVERITY} = :severity"
_OPEN = " AND f.ends > :on + 1"
_ORDER = " ORDER BY f.begins, f.career, f.article, f.rule, f.place, f.community"


class DivisionFinding(Struct, frozen=True, gc=False):
    """A finding, and whom and where it is about."""

    career: UUID
    name: str | None
    """None before a person is registered."""
    communities: tuple[str, ...]
    """Those of the division in which the person served on the days found against."""
    article: str
    rule: str
    severity: Severity
    since: date
    until: date | None
    """The last day; None while it lasts."""
    entries: Raw
    """The numbers of the entries that it rests on."""
    why: Reason


class DivisionFindings(DivisionAnswer, frozen=True):
    """By the day on which each began. The filters are repeated as they were asked."""

    article: str | None
    severity: Severity | None
    open: bool
    findings: tuple[DivisionFinding, ...]
    readings: Readings
    rules: str


def findings_in(
    snapshot: Snapshot,
    asked: AskedOfDivision,
    article: str | None = None,
    severity: Severity | None = None,
    *,
    open_only: bool = False,
) -> DivisionFindings:
    """What can be seen in the division on the asked day; a finding in two of its communities is told once.

    `article` is one with all its paragraphs, such as 37, or a paragraph, such as 37(1).
    """
    first, end = numbers_in(asked.division)
    on = asked.on.toordinal()
    law = LAW_BEGINS if asked.readings.retroactive == "info" else 0
    values: dict[str, Any] = {"first": first, "end": end, "on": on, "law": law}
    query = _SEEN
    if article is not None:
        query += _OF_ARTICLE
        paragraphs = f"{article}("
        values |= {"article": article, "paragraphs": paragraphs, "length": len(paragraphs)}
    if severity is not None:
        query += _OF_SEVERITY
        values["severity"] = severity
    if open_only:
        query += _OPEN
    rows = snapshot.select(query + _ORDER, **values)
    return DivisionFindings(
        *about_division(asked, snapshot),
        article=article,
        severity=severity,
        open=open_only,
        findings=tuple([_finding(list(same), on) for _, same in groupby(rows, key=itemgetter(0, 1))]),
        readings=asked.readings,
        rules=asked.rules,
    )


def _finding(rows: list[tuple[Any, ...]], on: int) -> DivisionFinding:
    """One finding of its rows, one a community."""
    career, _, community, name, article, rule, severity, begins, ends, entries, zh, en = rows[0]
    return DivisionFinding(
        UUID(bytes=career),
        name,
        (community_of(community),) if len(rows) == 1 else tuple([community_of(row[2]) for row in rows]),
        article,
        rule,
        severity,
        date.fromordinal(begins),
        date.fromordinal(ends - 1) if ends <= on + 1 else None,
        Raw(entries),
        said(zh, en),
    )
