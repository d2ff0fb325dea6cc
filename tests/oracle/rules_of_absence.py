"""Rules about secondments and transfers (Art. 23, 24)."""

from collections.abc import Iterator

from domain.facts import Seconded, TransferredOut
from tests.oracle.days import after, before, strictly_between
from tests.oracle.secondments import chains, limit
from tests.oracle.transfers import arrivals, last_day, matched, overlaps
from tests.oracle.verdict import Asked, Held

DOSSIER_DAYS = 15
"""Days strictly between an Out and its In (劳动合同法 50)."""


def secondment_rules(asked: Asked) -> Iterator[Held]:
    for chain in chains(asked.timeline):
        past = after(limit(chain[0].first, asked.readings))
        for link in chain:
            fact = link.opened
            assert isinstance(fact, Seconded)
            if fact.host_level == "banner_or_above":
                yield Held("24", "secondment_banned_host", "breach", link.first, link.last)
            elif not fact.approval:
                yield Held("24", "secondment_unapproved", "breach", link.first, link.last)
            if link.last is None or link.last >= past:
                since = max(past, link.first)
                yield Held("24", "secondment_over_limit", "breach", since, link.last)
                if link is not chain[0]:
                    yield Held("24", "secondment_chained", "breach", since, link.last)


def transfer_rules(asked: Asked) -> Iterator[Held]:
    for first, last in overlaps(asked.timeline):
        yield Held("23", "transfer_overlap", "review", first, last)
    pairs = matched(asked.timeline)
    for arrival in arrivals(asked.timeline):
        if arrival not in [into for _, into in pairs]:
            yield Held("23", "transfer_unmatched", "review", arrival.first, None)
    for left in asked.timeline.posts:
        if not isinstance(left.closed, TransferredOut):
            continue
        late = after(last_day(left), DOSSIER_DAYS + 1)
        arrived = [into for out, into in pairs if out is left and into.first <= asked.on]
        if not arrived:
            yield Held("23", "transfer_unmatched", "review", late, None)
        elif strictly_between(last_day(left), arrived[0].first) > DOSSIER_DAYS:
            yield Held("23", "transfer_dossier_late", "review", late, before(arrived[0].first))
