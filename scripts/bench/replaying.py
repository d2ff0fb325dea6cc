"""Replay: every career read, folded and asked both questions, against the default stack's replay alone."""

from contextlib import nullcontext
from pathlib import Path

from domain.fold import fold
from domain.history import history
from domain.ledger import Ledger
from domain.regulation.readings import DEFAULT
from domain.regulation.service import service
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
    for entries in ledger.careers():
        folded = fold(history(entries))
        asked = Asked(entries[0].career, "", TODAY, known, DEFAULT)
        served = service(folded, asked.readings, asked.on)
        service_years(folded, asked, served)
        secretary_eligibility(folded, asked, served)
        asked_of += 1
    return asked_of
