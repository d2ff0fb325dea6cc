"""What questions read: all kept tables as they stood at one position of the ledger."""

from abc import ABC, abstractmethod
from typing import Any, NamedTuple

from domain.calendar import Day
from domain.words import Reason, said
from projections.kept.table import numbers_in


class Parked(NamedTuple):
    """A career that could not be folded: none of its rows are kept, and every answer that might hold it says so.

    `communities` are those that its entries name, as far as they can be read; nothing is known of where if empty.
    """

    career: bytes
    position: int
    reason: Reason
    communities: tuple[str, ...]


def parked_row(parked: Parked) -> tuple[bytes, int, str, str, str]:
    """A parked career as a store keeps it."""
    reason = parked.reason
    return parked.career, parked.position, reason.say("zh"), reason.say("en"), " ".join(parked.communities)


def parked_of(row: tuple[bytes, int, str, str, str]) -> Parked:
    """A parked career of its row."""
    career, position, zh, en, communities = row
    return Parked(career, position, said(zh, en), tuple(communities.split()))


class Snapshot(ABC):
    """A reading transaction: however long it lasts, it sees one state of the tables, old or new, never a mixture."""

    position: int
    """Everything in the ledger up to here has been taken in, and nothing after it."""

    horizon: Day
    """The last day for which yearly rules have been judged; later days cannot be asked about."""

    @abstractmethod
    def select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query that names tables as `{roster}` and values as `:name`; the same on every store."""

    @abstractmethod
    def parked(self) -> list[Parked]:
        """All parked careers."""

    def parked_in(self, division: str) -> list[Parked]:
        """Those that an answer about a division might hold."""
        return [one for one in self.parked() if not one.communities or _any_within(one.communities, division)]


def _any_within(communities: tuple[str, ...], division: str) -> bool:
    first, end = numbers_in(division)
    return any(first <= int(community) < end for community in communities)
