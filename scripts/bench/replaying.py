"""Replay: every career read, folded and asked both questions, against the default stack's replay alone."""

from contextlib import nullcontext
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from domain.fold import fold
from domain.history import history
from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT
from projections.asking import Asked
from projections.secretary_eligibility import secretary_eligibility
from projections.service_years import service_years
from scripts.bench import baseline, ours
from scripts.bench.rounds import Measured, interleaved
from scripts.bench.workload import TODAY


def measure(our_file: Path, their_file: Path, rounds: int) -> Measured:
    """Ours decodes, folds and answers twice; the baseline decodes and counts, which favours it."""
    ledger = ours.open_ledger(our_file, writing=False)
    app = baseline.open_app(their_file)
    careers = baseline.careers_in(app)
    careers = baseline.careers_in(app)
    try:
        return interleaved(
            lambda: nullcontext(lambda: answer_all(ledger)),
            lambda: nullcontext(lambda: baseline.replay(app, careers)),
            rounds,
        )
    finally:
        ledger.close()
        app.close()


def answer_all(ledger: Ledger) -> int:
    """Ask both questions of every career, one career in memory at a time; answers with how many there were."""
    known = ledger.known()
    asked_of = 0
    for career, entries in groupby(ledger.stream(by_career=True), key=attrgetter("career")):
        folded = fold(history(list(entries)))
        asked = Asked(career, "", TODAY, known, DEFAULT)
        service_years(folded, asked)
        secretary_eligibility(folded, asked)
        asked_of += 1
    return asked_of
