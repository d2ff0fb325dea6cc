"""An import as a test calls it: what came of it, what was refused, what is there now."""

import io
from collections.abc import Sequence

from domain.importing.run import Summary, import_files
from tests.ledger.saying import Line, career_of, entries_in
from tests.running import Bench, file_of


def take(bench: Bench, *files: Sequence[Line] | bytes, author: str = "clerk", partial: bool = False) -> Summary:
    """Import files into the bench's ledger."""
    bench.refused.clear()
    opened = [io.BytesIO(one) if isinstance(one, bytes) else file_of(one) for one in files]
    return import_files(bench.ledger, opened, bench.watcher, author=author, partial=partial)


def why(bench: Bench) -> list[tuple[int, int, str]]:
    """The refusals: file, line, reason."""
    return [(refusal.place.file, refusal.place.line, refusal.reason.say("en")) for refusal in bench.refused]


def titles(bench: Bench, worker: str | None = None) -> list[str]:
    """What was recorded, by position: each commendation's title, or the fact's tag."""
    career = None if worker is None else career_of(bench.ledger, worker)
    facts = [entry.state.fact for entry in entries_in(bench.ledger) if career in (None, entry.career)]
    return [getattr(fact, "title", fact.tag()) for fact in facts]
