"""Timeline and compare through the command line: both times, and corrections beside what they corrected."""

import json
from typing import Any

import pytest

from tests.ledger.saying import (
    ELSEWHERE,
    HERE,
    NEXT_DOOR,
    SOMEBODY,
    SOMEBODY_ELSE,
    back,
    commended,
    corrected,
    hired,
    leave,
    line,
    resigned,
    voided,
)
from tests.running import Office

pytestmark = pytest.mark.stores("sqlite", "postgres")

LINES = [
    line(hired("2014-09-01"), recorded_at="2014-09-02T00:00:00Z", recorded_by="clerk", act="文号 1"),
    line(back("2016-03-31"), recorded_at="2016-04-01T00:00:00Z", recorded_by="clerk"),
    line(hired("2010-01-01", ELSEWHERE), SOMEBODY_ELSE, recorded_at="2016-04-02T00:00:00Z"),
    line(corrected(1, hired("2014-08-01")), recorded_at="2017-01-01T00:00:00Z", recorded_by="clerk"),
    line(leave("2016-03-01"), recorded_at="2018-01-01T00:00:00Z", recorded_by="late clerk"),
    line(corrected(3, hired("2014-07-01")), recorded_at="2019-01-01T00:00:00Z", recorded_by="clerk"),
    line(commended("2019-05-04"), recorded_at="2019-05-05T00:00:00Z", recorded_by="clerk"),
    line(voided(6), recorded_at="2020-01-01T00:00:00Z", recorded_by="clerk"),
]
"""Of the first worker: hired 1, back 2, correction 3 (of 1), leave 4, correction 5 (of 3), praise 6, voiding 7."""


@pytest.fixture
def filled(office: Office) -> Office:
    told = office.run("import", office.file(LINES))
    assert told.status == 0, told.err
    return office


def answer(office: Office, *words: str) -> Any:
    told = office.run(*words, "--json", "--lang", "en")
    assert (told.status, told.err) == (0, "")
    return json.loads(told.out)


def test_a_timeline_has_everything_in_the_order_in_which_it_happened(filled: Office) -> None:
    items = answer(filled, "timeline", SOMEBODY)["items"]
    assert [(item["day"], item["number"], item["standing"]) for item in items] == [
        ("2014-07-01", 1, "corrected"),
        ("2016-03-01", 4, "live"),
        ("2016-03-31", 2, "live"),
        ("2019-05-04", 6, "void"),
    ]
    assert items[0]["act"] == "文号 1"
    assert items[1]["recorded_by"] == "late clerk"
    assert items[1]["recorded_at"] == "2018-01-01T00:00:00Z"
    assert [item["position"] for item in items] == [1, 5, 2, 7]


def test_corrections_stand_beside_what_they_corrected(filled: Office) -> None:
    first = answer(filled, "timeline", SOMEBODY)["items"][0]
    assert first["said"]["on"] == "2014-09-01"
    assert first["fact"]["on"] == "2014-07-01"
    assert [(one["number"], one["live"], one["fact"]["on"]) for one in first["amendments"]] == [
        (3, True, "2014-08-01"),
        (5, True, "2014-07-01"),
    ]
    assert {one["approved_by"] for one in first["amendments"]} == {"chief"}


def test_a_voiding_stands_beside_what_it_voided(filled: Office) -> None:
    last = answer(filled, "timeline", SOMEBODY)["items"][-1]
    assert [(one["number"], one["fact"], one["reason"]) for one in last["amendments"]] == [(7, None, "重复录入")]


def test_as_known_before_a_correction_the_old_fact_stands(filled: Office) -> None:
    for known_at in ("2", "2016-12-31T23:59:59Z", "2017-01-01T07:59:59.999999+08:00"):
        items = answer(filled, "timeline", SOMEBODY, "--known-at", known_at)["items"]
        assert [(item["day"], item["standing"]) for item in items][:1] == [("2014-09-01", "live")]
    items = answer(filled, "timeline", SOMEBODY, "--known-at", "2017-01-01T08:00:00+08:00")["items"]
    assert (items[0]["day"], items[0]["standing"]) == ("2014-08-01", "corrected")


def test_an_end_whose_beginning_was_learned_later_is_unplaced_and_no_error(filled: Office) -> None:
    earlier = answer(filled, "timeline", SOMEBODY, "--known-at", "2")
    assert earlier["unplaced"] == [2]
    assert [item["standing"] for item in earlier["items"]] == ["live", "unplaced"]
    assert "without its beginning" in earlier["items"][1]["why"]
    assert answer(filled, "service-years", SOMEBODY, "--known-at", "2")["unplaced"] == [2]
    assert answer(filled, "timeline", SOMEBODY)["unplaced"] == []


def test_every_table_tells_of_what_does_not_fit_yet(filled: Office) -> None:
    told = filled.run("timeline", SOMEBODY, "--known-at", "2", "--lang", "en")
    assert told.status == 0
    assert "does not fit yet" in told.out


def test_the_moment_that_was_asked_for_is_echoed_with_the_position_it_means(filled: Office) -> None:
    known = answer(filled, "timeline", SOMEBODY, "--known-at", "2017-06-01T08:00:00+08:00")["known"]
    assert known == {"position": 4, "at": "2017-06-01T00:00:00Z"}
    assert answer(filled, "timeline", SOMEBODY, "--known-at", "4")["known"] == {
        "position": 4,
        "at": "2017-01-01T00:00:00Z",
    }


def test_a_timeline_ends_on_the_asked_day(filled: Office) -> None:
    items = answer(filled, "timeline", SOMEBODY, "--on", "2016-03-30")["items"]
    assert [item["number"] for item in items] == [1, 4]


def changes(told: Any) -> list[tuple[str, int]]:
    return [(one["difference"], one["number"]) for one in told["facts"]]


def test_compare_tells_what_was_learned_changed_placed_and_voided(filled: Office) -> None:
    told = answer(filled, "compare", SOMEBODY, "--known-at", "2", "--and", "8")
    assert changes(told) == [("changed", 1), ("placed", 2), ("learned", 4)]
    changed = told["facts"][0]
    assert (changed["before"]["on"], changed["after"]["on"]) == ("2014-09-01", "2014-07-01")
    assert [(one["number"], one["recorded_by"], one["reason"]) for one in changed["because"]] == [
        (3, "clerk", "录错日期"),
        (5, "clerk", "录错日期"),
    ]
    assert changes(answer(filled, "compare", SOMEBODY, "--known-at", "7", "--and", "8")) == [("voided", 6)]


def test_compare_tells_which_figures_differ(filled: Office) -> None:
    told = answer(filled, "compare", SOMEBODY, "--known-at", "2", "--and", "4", "--on", "2016-01-01")
    fields = {
        one["field"]: (one["before"], one["after"]) for one in told["answers"] if one["answer"] == "service_years"
    }
    before, after = fields["cumulative.days"]
    assert after - before == 31
    assert fields["continuous.since"] == ("2014-09-01", "2014-08-01")


def test_compare_backwards_turns_before_and_after(filled: Office) -> None:
    there = answer(filled, "compare", SOMEBODY, "--known-at", "2", "--and", "4")
    back_again = answer(filled, "compare", SOMEBODY, "--known-at", "4", "--and", "2")
    assert (there["a"], there["b"]) == (back_again["b"], back_again["a"])
    assert [(one["before"], one["after"]) for one in there["facts"]] == [
        (one["after"], one["before"]) for one in back_again["facts"]
    ]


def test_compare_of_a_moment_with_itself_differs_in_nothing(filled: Office) -> None:
    told = answer(filled, "compare", SOMEBODY, "--known-at", "8", "--and", "8")
    assert (told["facts"], told["answers"], told["findings_gone"], told["findings_new"]) == ([], [], [], [])


@pytest.mark.parametrize("known_at", ["0", "2000-01-01T00:00:00Z"])
def test_nothing_need_be_known_at_the_earlier_moment(filled: Office, known_at: str) -> None:
    told = answer(filled, "compare", SOMEBODY, "--known-at", known_at, "--and", "1")
    assert changes(told) == [("learned", 1)]
    assert told["a"]["position"] == 0
    assert (told["facts"][0]["before"], told["facts"][0]["after"]["on"]) == (None, "2014-09-01")
    told_backwards = answer(filled, "compare", SOMEBODY, "--known-at", "1", "--and", known_at)
    assert told_backwards["facts"][0]["after"] is None


def test_nothing_known_at_either_moment_is_not_found(filled: Office) -> None:
    told = filled.run("compare", SOMEBODY_ELSE, "--known-at", "0", "--and", "2", "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert "nothing was known" in told.err


def test_a_reading_changes_the_answer_and_is_named_in_it(office: Office) -> None:
    lines = [line(hired("2014-09-01", HERE)), line(resigned("2015-12-31")), line(hired("2016-01-11", NEXT_DOOR))]
    assert office.run("import", office.file(lines)).status == 0
    usual = answer(office, "service-years", SOMEBODY)
    other = answer(office, "service-years", SOMEBODY, "--reading", "gap=10", "--reading", "rest_days_bridge=no")
    assert usual["continuous"]["since"] == "2016-01-11"
    assert other["continuous"]["since"] == "2014-09-01"
    assert {name for name in usual["readings"] if usual["readings"][name] != other["readings"][name]} == {
        "gap",
        "rest_days_bridge",
    }


def test_terminal_control_characters_in_a_text_are_not_sent_to_the_terminal(office: Office) -> None:
    nasty = "\x1b[2J\x1b]0;title\x07\r\u202e[red]"
    lines = [
        line(commended("2015-05-04", nasty), act=nasty, recorded_by=nasty),
        line({**corrected(1, commended("2015-05-05", nasty), approved_by="x" + nasty), "reason": nasty}),
    ]
    assert office.run("import", office.file(lines)).status == 0
    for words in (["timeline", SOMEBODY], ["compare", SOMEBODY, "--known-at", "0", "--and", "2"]):
        told = office.run(*words)
        assert told.status == 0
        assert not set(told.out) & {"\x1b", "\x07", "\r", "\u202e"}
