"""The command line: one JSON document and nothing else, two languages, and what it exits with."""

import json
import re
from typing import Any

import pytest

from domain.regulation.readings import CHOICES
from tests.ledger.saying import (
    SOMEBODY,
    commended,
    corrected,
    head_of,
    hired,
    line,
    registered,
    resigned,
    stored,
)
from tests.running import Office

pytestmark = pytest.mark.stores("sqlite", "postgres")

CHINESE = re.compile(r"[\u4e00-\u9fff]")

LINES = [
    line(registered(), recorded_at="2014-09-02T00:00:00Z"),
    line(hired(), recorded_at="2014-09-02T00:00:00Z"),
    line(commended("2015-05-04", "A good worker"), recorded_at="2015-06-01T00:00:00Z"),
    line(corrected(2, hired("2014-08-01")), recorded_at="2016-01-02T00:00:00Z"),
]

ABOUT_A_WORKER = {
    "service-years": ["service-years", SOMEBODY],
    "eligibility": ["eligibility", SOMEBODY],
    "findings": ["findings", SOMEBODY],
    "timeline": ["timeline", SOMEBODY],
    "compare": ["compare", SOMEBODY, "--known-at", "3", "--and", "4"],
}
WITH_JSON = {**ABOUT_A_WORKER, "readings": ["readings"], "doctor": ["doctor"]}


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file(LINES), "--recorded-by", "clerk").status == 0
    return office


@pytest.mark.parametrize("words", WITH_JSON.values(), ids=WITH_JSON)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_json_is_one_document_on_stdout_and_nothing_else(filled: Office, words: list[str], language: str) -> None:
    told = filled.run(*words, "--json", "--lang", language)
    assert (told.status, told.err) == (0, "")
    assert told.out.count("\n") == 1
    assert told.out.endswith("\n")
    assert json.loads(told.out)


@pytest.mark.parametrize("words", ABOUT_A_WORKER.values(), ids=ABOUT_A_WORKER)
def test_an_answer_says_of_whom_on_which_day_and_up_to_where_it_knew(filled: Office, words: list[str]) -> None:
    answer = json.loads(filled.run(*words, "--json").out)
    career = json.loads(filled.run("export").out.splitlines()[0])["worker"]
    assert (answer["career"], answer["worker"], answer["on"]) == (career, SOMEBODY, "2026-11-24")
    known = answer["b"] if words[0] == "compare" else answer["known"]
    assert known == {"position": 4, "at": "2016-01-02T00:00:00Z"}


@pytest.mark.parametrize("words", WITH_JSON.values(), ids=WITH_JSON)
def test_tables_are_in_the_asked_language(filled: Office, words: list[str]) -> None:
    chinese, english = filled.run(*words), filled.run(*words, "--lang", "en")
    assert (chinese.status, english.status) == (0, 0)
    assert (chinese.err, english.err) == ("", "")
    assert CHINESE.search(chinese.out)
    assert chinese.out != english.out
    assert len(CHINESE.findall(english.out)) < len(CHINESE.findall(chinese.out)) / 2


@pytest.mark.parametrize("words", ABOUT_A_WORKER.values(), ids=ABOUT_A_WORKER)
def test_the_same_answer_in_both_languages_differs_in_words_only(filled: Office, words: list[str]) -> None:
    one = json.loads(filled.run(*words, "--json", "--lang", "zh").out)
    other = json.loads(filled.run(*words, "--json", "--lang", "en").out)
    assert without_words(one) == without_words(other)


def without_words(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: None if key in ("why", "reason") else without_words(value) for key, value in answer.items()}
    return [without_words(one) for one in answer] if isinstance(answer, list) else answer


def test_the_language_may_come_from_the_environment(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREER_LEDGER_LANG", "en")
    assert "no such career" in filled.run("timeline", "nobody").err
    assert "没有这份履历" in filled.run("timeline", "nobody", "--lang", "zh").err
    assert "没有这份履历" in filled.run("timeline", "nobody", "--lang=zh").err


REFUSED = {
    "unknown worker": ["timeline", "nobody"],
    "unknown uuid": ["timeline", "00000000-0000-8000-8000-000000000001"],
    "a position after the last": ["timeline", SOMEBODY, "--known-at", "5"],
    "a position far after the last": ["timeline", SOMEBODY, "--known-at", "999999999999999999"],
    "compared after the last": ["compare", SOMEBODY, "--known-at", "1", "--and", "5"],
    "not known yet": ["timeline", SOMEBODY, "--known-at", "0"],
    "not known at that moment": ["timeline", SOMEBODY, "--known-at", "2014-09-01T00:00:00Z"],
    "compared unknown worker": ["compare", "nobody", "--known-at", "1", "--and", "2"],
    "export of an unknown worker": ["export", "--worker", "nobody"],
    "stale": ["record", SOMEBODY, json.dumps(commended("2016-05-04")), "--expected", "3"],
    "impossible": ["record", SOMEBODY, json.dumps(resigned("2013-05-04"))],
    "malformed": ["record", SOMEBODY, "{}"],
    "simulated nowhere": ["simulate", "--region", "99"],
}
WRONG_USAGE = {
    "unknown command": ["promote"],
    "unknown option": ["timeline", SOMEBODY, "--frob"],
    "unknown option of all": ["--frob"],
    "no worker": ["timeline"],
    "too many words": ["timeline", SOMEBODY, "more"],
    "unknown language": ["timeline", SOMEBODY, "--lang", "fr"],
    "unknown reading": ["service-years", SOMEBODY, "--reading", "mood=good"],
    "unknown value": ["service-years", SOMEBODY, "--reading", "gap=some"],
    "no value": ["service-years", SOMEBODY, "--reading", "gap"],
    "negative gap": ["service-years", SOMEBODY, "--reading", "gap=-1"],
    "no file": ["import"],
    "json of an import": ["import", "--json", "-"],
    "expected nothing": ["record", SOMEBODY, "{}", "--expected", "-1"],
    "nobody to simulate": ["simulate", "--workers", "0"],
    "compared with nothing": ["compare", SOMEBODY, "--known-at", "1"],
}
NO_DAYS = ["", "2026-2-30", "2023-02-29", "0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "10000-01-01",
           "today", "20261124", "2026-11-24T00:00:00Z", "２０２６-11-24", "-1"]  # fmt: skip
NO_KNOWLEDGE = ["", "now", "-1", "1.5", "2026-11-24", "2026-11-24T08:00:00", "2026-02-30T08:00:00Z", "9" * 19, "١",
                "2026-11-24T25:00:00Z", "2026-11-24T08:00:00+99:00", "0x1"]  # fmt: skip


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_or_not_found_exits_with_1(filled: Office, words: list[str]) -> None:
    check(filled, words, 1)


@pytest.mark.parametrize("words", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_exits_with_2(filled: Office, words: list[str]) -> None:
    check(filled, words, 2)


def check(office: Office, words: list[str], status: int) -> None:
    before = stored(office.database)
    told = office.run(*words)
    assert (told.status, told.out) == (status, "")
    assert told.err.strip()
    assert "Traceback" not in told.err
    assert stored(office.database) == before


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_day_that_cannot_be_asked_about_exits_with_2(filled: Office, day: str) -> None:
    for words in ABOUT_A_WORKER.values():
        told = filled.run(*words, f"--on={day}", "--lang", "en")
        assert (told.status, told.out) == (2, "")
        assert told.err.startswith("on: ")


@pytest.mark.parametrize("moment", NO_KNOWLEDGE)
def test_a_moment_that_is_none_exits_with_2(filled: Office, moment: str) -> None:
    told = filled.run("timeline", SOMEBODY, f"--known-at={moment}", "--lang", "en")
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("known_at: ")
    told = filled.run("compare", SOMEBODY, "--known-at", "1", f"--and={moment}", "--lang", "en")
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("--and: ")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00Z"])
def test_a_moment_at_the_end_of_time_is_answered_or_refused(filled: Office, moment: str) -> None:
    told = filled.run("timeline", SOMEBODY, "--known-at", moment, "--json")
    assert told.status in (0, 1, 2)
    assert filled.run("compare", SOMEBODY, "--known-at", moment, "--and", "4", "--json").status in (0, 2)


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_can_be_asked_about(filled: Office, day: str) -> None:
    for words in ABOUT_A_WORKER.values():
        told = filled.run(*words, "--on", day, "--json")
        assert told.status == 0
        assert json.loads(told.out)["on"] == day


def test_record_says_number_and_position_and_needs_what_one_has_seen(filled: Office) -> None:
    told = filled.run("record", SOMEBODY, json.dumps(resigned("2016-01-31")), "--expected", "4", "--lang", "en")
    assert (told.status, told.err) == (0, "")
    assert "entry 5 (position 5)" in told.out
    again = filled.run("record", SOMEBODY, json.dumps(commended("2016-01-30")), "--expected", "4", "--lang", "en")
    assert again.status == 1
    assert "someone else wrote the next entry" in again.err
    assert head_of(filled.database) == 5


def test_record_keeps_author_and_document(filled: Office) -> None:
    words = ["record", SOMEBODY, json.dumps(resigned("2016-01-31")), "--act", "文号 9", "--recorded-by", "王主任"]
    assert filled.run(*words).status == 0
    last = json.loads(filled.run("export").out.splitlines()[-1])
    assert (last["act"], last["recorded_by"]) == ("文号 9", "王主任")


def test_readings_lists_every_reading_with_its_default(office: Office) -> None:
    listed = json.loads(office.run("readings", "--json").out)
    assert len(listed) == len(CHOICES)
    assert {one["reading"]: one["default"] for one in listed}["gap"] in (0, "0")
    told = office.run("readings", "--lang", "en")
    assert all(one["reading"] in told.out for one in listed)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["import", "--help"], ["compare", "-h"]])
def test_help_exits_with_0(office: Office, words: list[str]) -> None:
    told = office.run(*words)
    assert (told.status, told.err) == (0, "")
    assert told.out.strip()


def test_an_import_speaks_on_stderr_only(office: Office) -> None:
    told = office.run("import", office.file(LINES))
    assert (told.status, told.out) == (0, "")
    assert "读取 4 行" in told.err
    english = office.run("import", office.file(LINES), "--lang", "en")
    assert (english.status, english.out) == (0, "")
    assert "4 lines read: 0 recorded (of 0 workers), 4 known already" in english.err
