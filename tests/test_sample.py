"""The shipped sample: what its README says, and good enough to show."""

from datetime import date
from pathlib import Path

from domain.importing.run import import_files
from scripts.demo import SAMPLE
from scripts.simulation import lines
from tests.running import Bench

ROOT = Path(__file__).parent.parent


def test_the_sample_is_made_by_the_command_that_its_readme_names():
    made = b"".join(lines(workers=300, region="150102", seed=2024, today=date(2026, 10, 31)))
    assert (ROOT / SAMPLE).read_bytes() == made


def test_the_sample_is_imported_without_a_refusal(bench: Bench):
    with (ROOT / SAMPLE).open("rb") as file:
        summary = import_files(bench.ledger, [file], bench.watcher, author="clerk")
    assert bench.refused == []
    assert (summary.workers, summary.recorded) == (300, summary.read)
