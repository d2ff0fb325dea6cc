"""How much is known, and how far a career has come: asked often, and also of a ledger that has been damaged."""

from contextlib import closing
from datetime import timedelta

import pytest

from domain.errors import DamagedEntryError
from domain.known import Known
from tests.ledger.saying import SOMEBODY_ELSE, career_of, commended, hired, said, tampered
from tests.running import NOW, Bench, Database, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")


def test_the_last_number_of_a_career_is_that_of_its_last_known_entry(bench: Bench) -> None:
    ledger, one, other = bench.ledger, career_of(bench.ledger), career_of(bench.ledger, SOMEBODY_ELSE)
    for career, facts in ((one, 2), (other, 1), (one, 1), (other, 3)):
        ledger.record(career, said(*[commended("2015-05-04", f"{number}") for number in range(facts)]), author="c")
    for position in range(ledger.known().position + 1):
        known = ledger.known(position)
        for career in (one, other):
            states = ledger.recorder.states(career, position)
            assert ledger.last_number(career, known) == len(states)
    assert ledger.last_number(career_of(ledger, "nobody"), ledger.known()) == 0


@pytest.mark.parametrize("state", [b"", b"{", b'{"recorded_at":"yesterday"}', b'{"\xff'], ids=repr)
def test_if_the_last_moment_cannot_be_read_all_else_can_be_asked(database: Database, state: bytes) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
        ledger.record(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")
    tampered(database, "UPDATE entries SET state = ? WHERE position = 2", state)
    with closing(open_ledger(database)) as ledger:
        for known in (ledger.known(), ledger.known(2)):
            assert known == Known(2, None)
            assert len(ledger.entries(career_of(ledger), known)) == 1
        assert ledger.known(1) == Known(1, NOW)
        with pytest.raises(DamagedEntryError, match="position 2"):
            ledger.entries(career_of(ledger, SOMEBODY_ELSE), ledger.known())


def test_what_rests_on_a_moment_that_cannot_be_read_stays_an_error(database: Database) -> None:
    """Whether it was known by then, and that nothing is recorded before it, can only be told by its moment."""
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(), commended("2015-05-04")), author="clerk")
    tampered(database, "UPDATE entries SET state = ? WHERE position = 2", b"{")
    with closing(open_ledger(database)) as ledger:
        assert ledger.known(NOW - timedelta(days=1)).position == 0  # Nothing is known before the first moment.
        with pytest.raises(DamagedEntryError, match="position 2"):
            ledger.known(NOW)
        for ask in (ledger.record, ledger.preview):
            with pytest.raises(DamagedEntryError, match="position 2"):
                ask(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")
