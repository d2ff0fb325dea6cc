"""Kept table `findings` 发现问题: everything found in a career, where, and on which days it is seen.

A finding belongs to every community in which the person served on its days, from the first such day on; until then, if
it is seen before, to the one where the person served last.
"""

from collections.abc import Iterator
from typing import Any

from domain.regulation.findings import found
from projections.kept.folded import Folded
from projections.kept.table import Table, number_of
from projections.wire import json_text


def rows(folded: Folded) -> Iterator[tuple[Any, ...]]:
    """One row for every finding and community."""
    everything = found(folded.career, folded.readings, folded.horizon, since=0)
    for place, one in enumerate(everything):
        told = (
            *(one.begin, one.end, one.seen, one.gone, one.article, one.rule, one.severity),
            *(json_text(one.entries), one.why.say("zh"), one.why.say("en")),
        )
        for community, since in folded.whereabouts.seen_during(one.begin, one.end, one.seen, one.gone):
            yield folded.key, place, number_of(community), since, *told


FINDINGS = Table(
    "findings",
    {
        "career": "BLOB",
        "place": "INTEGER",
        "community": "INTEGER",
        "here_since": "INTEGER",
        "begins": "INTEGER",
        "ends": "INTEGER",
        "seen": "INTEGER",
        "gone": "INTEGER",
        "article": "TEXT",
        "rule": "TEXT",
        "severity": "TEXT",
        "entries": "TEXT",
        "why_zh": "TEXT",
        "why_en": "TEXT",
    },
    key=("career", "place", "community"),
    indexes=(("community", "gone"),),
    rows=rows,
)
