"""`simulate` on the command line: the same words, the same bytes, and an import takes all of it."""

import json

import pytest

from tests.running import Office

WORDS = ["simulate", "--workers", "4", "--region", "150102", "--seed", "7", "--today", "2024-12-31"]


def test_the_same_words_make_the_same_bytes(office: Office) -> None:
    one, other = office.run(*WORDS), office.run(*WORDS)
    assert (one.status, one.err) == (0, "")
    assert one.out == other.out
    assert one.out != office.run(*WORDS[:-3], "8", *WORDS[-2:]).out


def test_a_file_holds_what_stdout_does(office: Office) -> None:
    path = office.folder / "people.jsonl"
    told = office.run(*WORDS, "-o", str(path))
    assert (told.status, told.out) == (0, "")
    assert path.read_text() == office.run(*WORDS).out


def test_today_is_the_day_in_china_if_left_out(office: Office) -> None:
    assert office.run(*WORDS[:-2]).out == office.run(*WORDS[:-1], "2026-11-24").out


def test_an_import_takes_all_of_it_and_doctor_finds_nothing(office: Office) -> None:
    text = office.run(*WORDS).out
    assert office.run("import", office.file(text.encode())).status == 0
    assert office.run("doctor").status == 0
    exported = office.run("export").out
    assert len(exported.splitlines()) == len(text.splitlines())
    facts = sorted(json.dumps(json.loads(line)["fact"]) for line in text.splitlines())
    assert sorted(json.dumps(json.loads(line)["fact"]) for line in exported.splitlines()) == facts


@pytest.mark.parametrize("day", ["2023-02-29", "tomorrow", "0001-01-01", "9999-12-31", "1900-01-01"])
def test_a_day_that_cannot_be_is_wrong_usage(office: Office, day: str) -> None:
    told = office.run(*WORDS[:-1], day)
    assert (told.status, told.out) == (2, "")
    assert told.err.strip()


@pytest.mark.parametrize("region", ["", "99", "15x", "150102001999", "内蒙古"])
def test_a_region_that_is_none_is_refused(office: Office, region: str) -> None:
    told = office.run("simulate", "--workers", "1", "--region", region, "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert told.err.startswith("region: unknown division code")
