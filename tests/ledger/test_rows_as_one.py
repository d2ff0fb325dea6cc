"""A career's rows come back as they were written, whatever stands in them, in the order of their numbers."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from domain.idempotency import TOLD_ALL
from domain.stores.rows import Row
from tests.running import open_ledger

CAREER, OTHER = b"a career's bytes", b"another career's"

STATES = st.lists(st.binary(max_size=40) | st.sampled_from([b"{}", b'{"a":1}', b"\n", b'{"a":\n1}', b",", b""]))


@given(STATES)
def test_rows_are_read_as_they_were_written(states: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "ledger.db")
        rows = [Row(CAREER, number, "trained", state, TOLD_ALL) for number, state in enumerate(states, 1)]
        with ledger.appending() as transaction:
            for row in rows:
                transaction.append([row])
                transaction.append([Row(OTHER, row.number, "hired", b"{}", 0)])
        with ledger.appending() as transaction:
            found = transaction.rows(CAREER)
        ledger.close()
    assert [Row(*row[1:]) for row in found] == rows
    assert [row.position for row in found] == [2 * place + 1 for place in range(len(rows))]
