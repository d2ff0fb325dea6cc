"""Questions about divisions, asked of careers that are told as facts."""

from datetime import date
from typing import Any

from domain.facts import AnyFact
from projections.division_findings import findings_in
from projections.eligible import eligible
from projections.happened import happened
from projections.roster import roster
from tests.building import chosen, told
from tests.given import (
    day,
    hired,
    into,
    out,
)
from tests.kept.shelves import asked_of, entries_by_career, facts_in, kept


def on_roster(division: str, on: str, *careers: list[AnyFact], reading: Any = None) -> list[dict[str, Any]]:
    read = chosen(reading)
    with kept(entries_by_career(careers), read) as snapshot:
        workers: list[dict[str, Any]] = told(roster(snapshot, asked_of(division, day(on), read)))["workers"]
        return workers


def found(division: str, on: str, *careers: list[AnyFact], reading: Any = None, **asked: Any) -> list[dict[str, Any]]:
    read = chosen(reading)
    with kept(entries_by_career(careers), read) as snapshot:
        answer = told(findings_in(snapshot, asked_of(division, day(on), read), **asked))
        findings: list[dict[str, Any]] = answer["findings"]
        return findings


def facts(division: str, first: str, last: str, *careers: list[AnyFact], **asked: Any) -> list[dict[str, Any]]:
    entries = entries_by_career(careers)
    with kept(entries) as snapshot:
        answer = happened(
            snapshot, facts_in(entries), asked_of(division, date(2026, 11, 24)), day(first), day(last), **asked
        )
        items: list[dict[str, Any]] = told(answer)["happened"]
        return items


def secretaries(division: str, on: str, *careers: list[AnyFact], before: str | None = None) -> list[dict[str, Any]]:
    with kept(entries_by_career(careers)) as snapshot:
        answer = told(eligible(snapshot, asked_of(division, day(on)), day(before)))
        told_of: list[dict[str, Any]] = answer["secretaries"]
        return told_of


MOVED: list[AnyFact] = [hired("2018-03-01"), out("2024-06-28"), into("2024-07-01")]
