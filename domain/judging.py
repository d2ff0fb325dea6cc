"""Whether new entries may be recorded: the career that all known facts make together must be possible."""

from collections.abc import Sequence

from domain.entry import Entry
from domain.errors import ImpossibleFactError
from domain.fold import fold
from domain.history import Misfit, history
from domain.words import Phrase, Reason

MAKES_IMPOSSIBLE = Phrase(
    "与第 {entry} 条矛盾:{why}", "contradicts entry {entry}, which would no longer be possible: {why}"
)


def refusals(entries: Sequence[Entry], known: int) -> list[ImpossibleFactError]:
    """Why some of the entries after the first `known` ones cannot be true; empty if all can.

    The blame is on a new entry always: if an old one no longer fits, then on the new one that it contradicts.
    """
    career = fold(history(entries))
    return [_blamed(misfit, entries, known) for misfit in career.misfits]


def _blamed(misfit: Misfit, entries: Sequence[Entry], known: int) -> ImpossibleFactError:
    reason: Reason = misfit.reason
    if misfit.number > known:
        return ImpossibleFactError(reason, number=misfit.number, contradicts=misfit.contradicts)
    blamed = misfit.contradicts if misfit.contradicts is not None and misfit.contradicts > known else len(entries)
    return ImpossibleFactError(
        MAKES_IMPOSSIBLE(entry=misfit.number, why=reason), number=blamed, contradicts=misfit.number
    )
