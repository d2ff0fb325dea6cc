"""One encoding, one byte string: what is stored of an entry, and what an older program makes of a newer one's."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as having

from domain.entry import State, decode, encode
from domain.errors import DamagedEntryError
from domain.facts import FACT_TYPES
from domain.ledger import Ledger, row_of
from domain.line import Said, encode_said
from domain.stores.rows import Row
from tests.ledger.facts import facts, states, structs_of
from tests.ledger.saying import (
    SOMEBODY,
    SOMEBODY_ELSE,
    career_of,
    commended,
    hired,
    line,
    registered,
    resigned,
    said,
    stored,
)
from tests.running import KEY, Bench, Database, Databases, Office, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

NEWER_FIELD = {"mood": "good", "nested": [{"a": 1.0}]}


@pytest.mark.parametrize("tag", FACT_TYPES)
def test_every_fact_comes_back_as_it_was_stored(tag: str) -> None:
    @given(states(structs_of(FACT_TYPES[tag])))
    @having(max_examples=12)
    def holds(state: State) -> None:
        once = encode(state)
        assert decode(once) == state
        assert encode(decode(once)) == once
        assert json.loads(once)["fact"]["fact"] == tag

    holds()


@given(states(facts()))
@having(max_examples=100)
def test_the_bytes_are_json_without_white_space_in_the_order_of_the_contract(state: State) -> None:
    text = encode(state)
    told = json.loads(text)
    assert list(told) == [key for key in ("recorded_at", "recorded_by", "fact", "act", "evidence") if key in told]
    assert msgspec.json.format(text, indent=-1) == text


@given(facts())
@having(max_examples=100)
def test_what_a_line_says_has_one_canonical_form(fact: Any) -> None:
    once = encode_said(Said(fact=fact))
    assert encode_said(msgspec.json.decode(once, type=Said)) == once


def test_defaults_are_left_out_of_the_stored_text(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(career_of(ledger), said(hired(full_time=True)), author="clerk")
    assert stored(database)[1][0][4] == (
        b'{"recorded_at":"2026-11-24T08:00:00Z","recorded_by":"clerk",'
        b'"fact":{"fact":"hired","on":"2014-09-01","community":"150102001001","role":"specialist"}}'
    )


def test_the_stored_topic_is_the_facts_tag(database: Database) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(
            career_of(ledger), said(registered(), hired(), commended("2015-05-04"), resigned("2016-01-31")), author="c"
        )
    topics = [topic for _, _, _, topic, _ in stored(database)[1]]
    assert topics == ["registered", "hired", "commended", "resigned"]


def _written_by_a_newer_program(ledger: Ledger, worker: str, number: int, change: dict[str, Any]) -> None:
    """Append an entry of which this program does not know all."""
    fact = {**commended("2015-05-04"), **change}
    state = {"recorded_at": "2026-11-24T08:00:00Z", "recorded_by": "clerk", "fact": fact, **NEWER_FIELD}
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
    with ledger.appending() as transaction:
        transaction.append([Row(career_of(ledger, worker).bytes, number, fact["fact"], text, 0)])


@pytest.fixture
def with_newer_fields(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("CAREER_LEDGER_KEY", KEY.decode())
    with closing(open_ledger(office.database)) as ledger:
        ledger.record(career_of(ledger), said(hired()), author="clerk")
        _written_by_a_newer_program(ledger, SOMEBODY, 2, NEWER_FIELD)
    return office


def test_unknown_fields_of_a_newer_program_are_passed_over_on_reading(with_newer_fields: Office) -> None:
    answered = json.loads(with_newer_fields.run("timeline", SOMEBODY, "--json").out)
    assert [item["fact"]["fact"] for item in answered["items"]] == ["hired", "commended"]
    assert with_newer_fields.run("doctor").status == 0


def test_unknown_fields_of_a_newer_program_are_kept_by_an_export(with_newer_fields: Office) -> None:
    exported = with_newer_fields.run("export").out.splitlines()
    assert json.loads(exported[1])["fact"]["nested"] == NEWER_FIELD["nested"]
    assert json.loads(exported[1])["mood"] == "good"


def test_unknown_fields_of_a_newer_program_are_refused_on_import(
    with_newer_fields: Office, databases: Databases, tmp_path: Path
) -> None:
    file = with_newer_fields.file(with_newer_fields.run("export").out.encode())
    other = Office(tmp_path, databases("other"), with_newer_fields._capture)
    refused = other.run("import", file, "--lang", "en")
    assert refused.status == 1
    assert f"{file}:2: " in refused.err
    assert "unknown field" in refused.err
    assert stored(other.database) == (0, [])


@pytest.fixture
def with_a_newer_fact(bench: Bench) -> Ledger:
    """The newer program's entry stands in the middle, at position 3 of 5."""
    ledger = bench.ledger
    ledger.record(career_of(ledger), said(hired()), author="clerk")
    ledger.record(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")
    _written_by_a_newer_program(ledger, SOMEBODY, 2, {"fact": "teleported"})
    for number in (2, 3):
        _written_by_a_newer_program(ledger, SOMEBODY_ELSE, number, {})
    return ledger


def test_an_unknown_fact_of_a_newer_program_is_a_clear_error_for_its_career_only(with_a_newer_fact: Ledger) -> None:
    ledger = with_a_newer_fact
    with pytest.raises(DamagedEntryError, match=r"position 3.*newer program"):
        ledger.entries(career_of(ledger), ledger.known())
    assert len(ledger.entries(career_of(ledger), ledger.known(2))) == 1
    assert len(ledger.entries(career_of(ledger, SOMEBODY_ELSE), ledger.known())) == 3


def test_nothing_can_be_recorded_in_a_career_that_cannot_be_read(with_a_newer_fact: Ledger) -> None:
    ledger = with_a_newer_fact
    with pytest.raises(DamagedEntryError, match="position 3"):
        ledger.record(career_of(ledger), said(resigned("2016-01-31")), author="clerk")
    assert ledger.known().position == 5
    assert ledger.record(career_of(ledger, SOMEBODY_ELSE), said(resigned("2017-01-31")), author="clerk")[0].number == 4


@pytest.mark.parametrize("last", [3, 4, 5])
def test_others_can_be_asked_about_as_known_at_any_position(with_a_newer_fact: Ledger, last: int) -> None:
    ledger = with_a_newer_fact
    assert ledger.entries(career_of(ledger, SOMEBODY_ELSE), ledger.known(last))


def test_others_can_be_asked_about_as_known_at_a_moment(with_a_newer_fact: Ledger) -> None:
    ledger = with_a_newer_fact
    known = ledger.known(ledger.now())
    assert known.position == 5
    assert ledger.entries(career_of(ledger, SOMEBODY_ELSE), known)


def test_others_can_be_recorded_after_an_entry_that_cannot_be_read(bench: Bench) -> None:
    ledger = bench.ledger
    ledger.record(career_of(ledger), said(hired()), author="clerk")
    _written_by_a_newer_program(ledger, SOMEBODY, 2, {"fact": "teleported"})
    assert ledger.record(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")[0].position == 3


def test_doctor_lists_an_unknown_fact_of_a_newer_program(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREER_LEDGER_KEY", KEY.decode())
    with closing(open_ledger(office.database)) as ledger:
        ledger.record(career_of(ledger, SOMEBODY_ELSE), said(hired()), author="clerk")
        _written_by_a_newer_program(ledger, SOMEBODY, 1, {"fact": "teleported"})
        _written_by_a_newer_program(ledger, SOMEBODY, 2, {})
    told = office.run("doctor", "--json", "--lang", "en")
    problems = {check["check"]: check["problems"] for check in json.loads(told.out)["checks"]}
    assert told.status == 1
    assert "position 2 cannot be decoded" in problems["positions"][0]
    assert problems["integrity"] == []
    answered = office.run("service-years", SOMEBODY_ELSE, "--json")
    assert answered.status == 0
    asked = office.run("timeline", SOMEBODY, "--lang", "en")
    assert (asked.status, asked.out) == (1, "")
    assert "position 2 cannot be decoded" in asked.err


def test_an_entry_is_stored_as_the_row_that_it_makes(bench: Bench) -> None:
    career: UUID = career_of(bench.ledger)
    entry = bench.ledger.record(career, said(hired()), author="clerk")[0]
    row = bench.ledger.recorder.row_at(1)
    assert row is not None
    assert row.state == row_of(entry, 0).state


def test_a_line_with_an_unknown_field_is_not_an_older_lines_form(office: Office) -> None:
    told = office.run("import", office.file([line({**hired(), **NEWER_FIELD})]), "--lang", "en")
    assert told.status == 1
    assert "fact: an unknown field" in told.err
