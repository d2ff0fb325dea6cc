"""Import: the order of recording, the same line once, and one worker whole or not at all."""

import random
from contextlib import closing
from typing import Any

import pytest

from domain.importing.run import Summary
from scripts.simulation import lines as simulated
from tests.ledger.saying import (
    HERE,
    IDENTITY,
    NEXT_DOOR,
    SOMEBODY,
    SOMEBODY_ELSE,
    assessed,
    back,
    career_of,
    commended,
    entries_in,
    hired,
    leave,
    line,
    registered,
    resigned,
)
from tests.ledger.taking import take, titles, why
from tests.running import TODAY, Bench, Databases, file_of, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

EARLY, LATER, LAST = "2020-01-02T03:04:05Z", "2021-01-02T03:04:05Z", "2022-01-02T03:04:05.000006Z"


def test_lines_are_recorded_by_moment_and_those_without_one_last_each_in_file_order(bench: Bench) -> None:
    lines = [
        line(commended("2015-05-04", "unsaid 1"), "B"),
        line(commended("2015-05-04", "last"), recorded_at=LAST),
        line(commended("2015-05-04", "early 1"), "B", recorded_at=EARLY),
        line(commended("2015-05-04", "early 2"), recorded_at="2020-01-02T11:04:05+08:00"),
        line(commended("2015-05-04", "later"), "B", recorded_at=LATER),
        line(commended("2015-05-04", "unsaid 2")),
        line(commended("2015-05-04", "early 3"), "B", recorded_at=EARLY),
    ]
    assert take(bench, lines).recorded == 7
    assert titles(bench) == ["early 1", "early 2", "early 3", "later", "last", "unsaid 1", "unsaid 2"]
    entries = entries_in(bench.ledger)
    assert [entry.position for entry in entries] == list(range(1, 8))
    moments = [entry.state.recorded_at for entry in entries]
    assert moments == sorted(moments)
    numbers = [entry.number for entry in entries if entry.career == career_of(bench.ledger)]
    assert numbers == [1, 2, 3]


def test_any_order_of_the_lines_makes_the_same_careers(bench: Bench, databases: Databases) -> None:
    lines = list(simulated(workers=3, region="150102", seed=4, today=TODAY))
    take(bench, b"".join(lines))
    shuffled = random.Random(4).sample(lines, len(lines))
    with closing(open_ledger(databases("other"))) as ledger:
        other = Bench(ledger, [])
        assert take(other, b"".join(shuffled)).recorded == len(lines)
        ours = [entry.state for entry in entries_in(bench.ledger)]
        assert [entry.state for entry in entries_in(ledger)] == ours


def test_an_end_may_stand_before_its_beginning(bench: Bench) -> None:
    assert take(bench, [line(resigned("2016-01-31")), line(hired("2014-09-01"))]).recorded == 2


def test_the_same_file_again_records_nothing(bench: Bench) -> None:
    lines = [line(hired()), line(hired(), SOMEBODY_ELSE), line(commended("2015-05-04"), recorded_at=EARLY)]
    assert take(bench, lines).recorded == 3
    again = take(bench, lines)
    assert (again.recorded, again.known_already, again.refused, again.workers) == (0, 3, 0, 0)
    assert bench.ledger.known().position == 3


def test_the_same_file_by_another_author_records_nothing(bench: Bench) -> None:
    lines = [line(hired()), line(commended("2015-05-04"))]
    take(bench, lines, author="clerk")
    assert take(bench, lines, author="another").recorded == 0


def test_order_of_keys_and_white_space_make_no_other_line(bench: Bench) -> None:
    take(bench, [line(hired(), act="文号 7", recorded_at=EARLY)])
    again = (
        '\t{ "recorded_at" : "2020-01-02T11:04:05.000+08:00", "fact": {"role":"specialist", "on":"2014-09-01",'
        f' "full_time": true, "fact":"hired","community":"{HERE}"}}, "act": "\\u6587\\u53f7 7",'
        f' "evidence": [], "worker": " {SOMEBODY} " }}  \r\n'
    )
    assert take(bench, again.encode()).known_already == 1


def test_identical_lines_of_one_file_are_recorded_once(bench: Bench) -> None:
    one = line(commended("2015-05-04"))
    summary = take(bench, [one, one, line(commended("2015-05-04"), SOMEBODY_ELSE), one])
    assert (summary.recorded, summary.known_already) == (2, 2)


@pytest.mark.parametrize("beside", [{"act": "文号 8"}, {"evidence": [{"kind": "扫描件", "reference": "7"}]}])
def test_another_document_or_attachment_makes_another_line(bench: Bench, beside: dict[str, Any]) -> None:
    take(bench, [line(commended("2015-05-04"))])
    assert take(bench, [line(commended("2015-05-04"), **beside)]).recorded == 1


def test_an_author_said_in_the_line_is_known_again_even_if_it_is_the_default_one(bench: Bench) -> None:
    lines = [line(commended("2015-05-04", "a"), recorded_by="clerk"), line(commended("2016-05-04", "b"))]
    assert take(bench, lines, author="clerk").recorded == 2
    for author in ("clerk", "another"):
        assert take(bench, lines, author=author).known_already == 2


def test_a_workers_lines_go_in_whole_or_not_at_all_and_other_workers_do(bench: Bench) -> None:
    lines = [
        line(hired()),
        line(hired(), SOMEBODY_ELSE),
        line(commended("2015-05-04")),
        line(commended("2015-02-29")),
        line(resigned("2016-01-31"), SOMEBODY_ELSE),
    ]
    summary = take(bench, lines)
    assert (summary.recorded, summary.refused, summary.kept_out, summary.workers) == (2, 1, 2, 1)
    assert [(file, number) for file, number, _ in why(bench)] == [(0, 4)]
    assert titles(bench, SOMEBODY) == []


def test_after_mending_the_file_the_rest_goes_in(bench: Bench) -> None:
    good = [line(hired(), SOMEBODY_ELSE), line(hired())]
    take(bench, [*good, line(resigned("2013-01-01"))])
    assert titles(bench, SOMEBODY) == []
    summary = take(bench, [*good, line(resigned("2016-01-01"))])
    assert (summary.recorded, summary.known_already) == (2, 1)


@pytest.mark.parametrize(
    ("recorded_at", "reason"), [("2026-11-24T08:00:01Z", "after now"), ("2019-12-31T23:59:59Z", "before the ledger")]
)
def test_a_moment_after_now_or_before_the_ledgers_last_is_refused(bench: Bench, recorded_at: str, reason: str) -> None:
    take(bench, [line(hired(), recorded_at=EARLY)])
    summary = take(bench, [line(commended("2015-05-04"), SOMEBODY_ELSE, recorded_at=recorded_at)])
    assert summary.recorded == 0
    assert reason in why(bench)[0][2]


@pytest.mark.parametrize("recorded_at", [EARLY, "2026-11-24T08:00:00Z"])
def test_the_moment_of_the_ledgers_last_and_now_itself_are_allowed(bench: Bench, recorded_at: str) -> None:
    take(bench, [line(hired(), recorded_at=EARLY)])
    assert take(bench, [line(commended("2015-05-04"), recorded_at=recorded_at)]).recorded == 1


def test_a_byte_order_mark_crlf_blank_lines_and_no_last_line_feed_are_passed_over(bench: Bench) -> None:
    one, two, bad = (file_of([fact]).getvalue().rstrip() for fact in (line(hired()), line(leave("2015-01-05")), {}))
    text = b"\xef\xbb\xbf" + one + b"\r\n\r\n  \t\r\n" + two + b"\r\n\n" + bad
    summary = take(bench, text)
    assert (summary.read, summary.recorded, summary.refused) == (3, 2, 1)
    assert why(bench)[0][1] == 6
    assert take(bench, one + b"\n" + two).known_already == 2


def test_a_file_of_nothing_records_nothing(bench: Bench) -> None:
    for nothing in (b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"):
        assert take(bench, nothing) == Summary()


def test_a_careers_uuid_is_its_key(bench: Bench) -> None:
    take(bench, [line(hired())])
    career = str(career_of(bench.ledger))
    take(bench, [line(commended("2015-05-04"), career), line(resigned("2016-01-31"), career.upper())])
    assert titles(bench, SOMEBODY) == ["hired", "先进个人", "resigned"]


def test_an_id_number_with_a_small_x_is_the_same_person(bench: Bench) -> None:
    take(bench, [line(registered(), IDENTITY), line(hired(), IDENTITY.lower()), line(leave("2015-01-05"), IDENTITY)])
    assert len(titles(bench, IDENTITY)) == 3
    assert career_of(bench.ledger, IDENTITY) == career_of(bench.ledger, IDENTITY.lower())
    assert career_of(bench.ledger, "b-7x") != career_of(bench.ledger, "b-7X")


def test_several_files_are_one_import_and_refusals_tell_which(bench: Bench) -> None:
    first = [line(resigned("2016-01-31")), line(hired(), SOMEBODY_ELSE)]
    second = [line(hired()), line(resigned("2013-01-31"), SOMEBODY_ELSE)]
    summary = take(bench, first, second)
    assert (summary.recorded, summary.refused, summary.kept_out) == (2, 1, 1)
    assert [(file, number) for file, number, _ in why(bench)] == [(1, 2)]


def test_a_later_import_goes_on_with_the_numbers(bench: Bench) -> None:
    take(bench, [line(hired()), line(commended("2015-05-04"))])
    take(bench, [line(hired(), SOMEBODY_ELSE), line(resigned("2016-01-31"))])
    numbers = [entry.number for entry in entries_in(bench.ledger) if entry.career == career_of(bench.ledger)]
    assert numbers == [1, 2, 3]
    assert [entry.position for entry in entries_in(bench.ledger)] == [1, 2, 3, 4]


def test_a_new_line_that_makes_an_old_entry_impossible_is_blamed_and_names_the_old_one(bench: Bench) -> None:
    take(bench, [line(hired()), line(leave("2015-01-05")), line(back("2015-02-05"))])
    summary = take(bench, [line(commended("2015-05-04")), line(back("2015-01-20"))])
    assert (summary.recorded, summary.refused, summary.kept_out) == (0, 1, 1)
    assert [number for _, number, _ in why(bench)] == [2]
    assert "contradicts entry 3" in why(bench)[0][2]


def test_beginning_twice_in_one_community_is_refused_and_elsewhere_is_not(bench: Bench) -> None:
    assert take(bench, [line(hired()), line(hired("2015-01-01", NEXT_DOOR))]).recorded == 2
    assert take(bench, [line(hired("2016-01-01"))]).refused == 1
    assert "entry 1 began is still open" in why(bench)[0][2]


def test_a_second_assessment_of_a_year_is_refused(bench: Bench) -> None:
    take(bench, [line(assessed(2015))])
    assert take(bench, [line(assessed(2015, "excellent"))]).refused == 1
    assert "entry 1 is the first" in why(bench)[0][2]
