"""`--partial`: of a worker with a refused line, what still makes a possible career goes in, and nothing uncertain."""

import pytest

from tests.ledger.saying import (
    SOMEBODY,
    SOMEBODY_ELSE,
    Line,
    back,
    career_of,
    commended,
    corrected,
    hired,
    leave,
    line,
    resigned,
    voided,
)
from tests.ledger.taking import take, titles, why
from tests.running import Bench, file_of

pytestmark = pytest.mark.stores("sqlite", "postgres")

BROKEN = b'{"worker":"A-0417","fact":{"fact":"hired","on":"2014-0'


def test_the_other_lines_of_a_worker_go_in(bench: Bench) -> None:
    lines = [line(hired()), line(commended("2015-02-29")), line(resigned("2016-01-31"))]
    summary = take(bench, lines, partial=True)
    assert (summary.recorded, summary.refused, summary.kept_out) == (2, 1, 0)
    assert titles(bench) == ["hired", "resigned"]
    numbers = [entry.number for entry in bench.ledger.entries(career_of(bench.ledger), bench.ledger.known())]
    assert numbers == [1, 2]


def test_what_needs_the_refused_line_is_refused_too(bench: Bench) -> None:
    lines = [line(hired("2014-02-30")), line(resigned("2016-01-31")), line(commended("2015-05-04"))]
    summary = take(bench, lines, partial=True)
    assert [number for _, number, _ in why(bench)] == [1, 2]
    assert "without its beginning" in why(bench)[1][2]
    assert (summary.recorded, summary.refused) == (1, 2)


def test_of_two_lines_that_contradict_each_other_one_goes_in(bench: Bench) -> None:
    lines = [line(leave("2015-01-05")), line(back("2015-02-05")), line(back("2015-03-05"))]
    summary = take(bench, lines, partial=True)
    assert (summary.recorded, summary.refused) == (2, 1)
    assert titles(bench) == ["leave_started", "leave_ended"]


def test_an_amendment_whose_number_may_have_moved_is_left_out(bench: Bench) -> None:
    lines = [
        line(commended("2015-02-29", "never")),
        line(commended("2015-05-04", "a")),
        line(commended("2015-06-04", "b")),
        line(voided(2)),
        line(corrected(1, commended("2015-05-05", "c"))),
    ]
    summary = take(bench, lines, partial=True)
    assert titles(bench) == ["a", "b"]
    assert (summary.recorded, summary.refused) == (2, 3)
    assert [number for _, number, _ in why(bench)] == [1, 4, 5]
    assert all("not certain" in reason for _, number, reason in why(bench) if number > 1)


def test_an_amendment_whose_target_was_left_out_for_a_contradiction_is_left_out(bench: Bench) -> None:
    lines = [line(back("2015-02-05")), line(commended("2015-05-04")), line(voided(2))]
    summary = take(bench, lines, partial=True)
    assert titles(bench) == ["先进个人"]
    assert (summary.recorded, summary.refused) == (1, 2)


def test_an_amendment_of_an_entry_that_was_recorded_before_goes_in(bench: Bench) -> None:
    take(bench, [line(commended("2015-05-04", "a"))])
    lines = [line(commended("2015-02-29")), line(voided(1)), line(commended("2015-06-04", "b"))]
    assert take(bench, lines, partial=True).recorded == 2
    assert titles(bench) == ["a", "voided", "b"]


def test_a_line_that_cannot_be_read_counts_for_its_worker(bench: Bench) -> None:
    summary = take(bench, b"\n".join([BROKEN, _bytes(line(hired())), _bytes(line(hired(), SOMEBODY_ELSE))]))
    assert (summary.recorded, summary.refused, summary.kept_out) == (1, 1, 1)
    assert titles(bench, SOMEBODY) == []


def test_an_amendment_beside_a_line_that_cannot_be_read_is_left_out(bench: Bench) -> None:
    take(bench, [line(commended("2015-05-04", "a"), SOMEBODY_ELSE)])
    lines = [line(commended("2015-05-04", "a")), line(voided(1)), line(voided(1), SOMEBODY_ELSE)]
    text = b"\n".join([BROKEN, *(_bytes(one) for one in lines)])
    summary = take(bench, text, partial=True)
    assert titles(bench, SOMEBODY) == ["a"]
    assert titles(bench, SOMEBODY_ELSE) == ["a", "voided"]
    assert (summary.recorded, summary.refused) == (2, 2)


def test_the_same_file_again_records_nothing_even_if_its_numbers_have_moved(bench: Bench) -> None:
    """Number 2 of the file is `a`. Without the first line it is `b` of the ledger, which nobody has voided."""
    lines = [
        line(commended("2015-02-29", "never")),
        line(commended("2015-05-04", "a")),
        line(commended("2015-06-04", "b")),
        line(voided(2)),
    ]
    take(bench, lines, partial=True)
    again = take(bench, lines, partial=True)
    assert titles(bench) == ["a", "b"]
    assert (again.recorded, again.known_already, again.refused) == (0, 2, 2)


def _bytes(one: Line) -> bytes:
    return file_of([one]).getvalue().rstrip()
