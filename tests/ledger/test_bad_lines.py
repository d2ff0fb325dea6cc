"""Bad lines: each is refused with file, line and reason, stores nothing of its worker, and repeats nothing personal."""

import json
from typing import Any

import pytest

from tests.ledger.saying import (
    IDENTITY,
    NAME,
    SOMEBODY_ELSE,
    assessed,
    commended,
    corrected,
    hired,
    line,
    registered,
    resigned,
    stored,
)
from tests.running import Office, Said

pytestmark = pytest.mark.stores("sqlite", "postgres")

GOOD = b'"fact":{"fact":"hired","on":"2014-09-01","community":"150102001001","role":"specialist"}'
TRAINED = {"fact": "trained", "first_day": "2015-03-02", "last_day": "2015-03-04", "kind": "special", "mode": "offline"}
WHO = b'{"worker":"%b",' % IDENTITY.encode()


def beside(fact: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(line(fact, IDENTITY, **more), ensure_ascii=False).encode()


def spoken(fact: bytes) -> bytes:
    return WHO + b'"fact":' + fact + b"}"


def hours(number: bytes) -> bytes:
    return spoken(json.dumps(TRAINED).encode()[:-1] + b',"hours":' + number + b"}")


BAD: dict[str, tuple[bytes, str]] = {
    "not JSON": (WHO + GOOD + b"]", "not valid JSON"),
    "single quotes": (WHO.replace(b'"', b"'") + GOOD + b"}", "not valid JSON"),
    "two documents": (WHO + GOOD + b"}" + WHO + GOOD + b"}", "not valid JSON"),
    "a comment": (WHO + GOOD + b"} // note", "not valid JSON"),
    "cut off": ((WHO + GOOD)[:-13], "cut off"),
    "cut off in a text": ((WHO + GOOD)[:-9], "cut off"),
    "an array": (b'["%b","%b"]' % (IDENTITY.encode(), NAME.encode()), "expected object, not array"),
    "a string": (b'"%b"' % IDENTITY.encode(), "expected object, not str"),
    "a number": (IDENTITY[:17].encode(), "expected object, not int"),
    "null": (b"null", "expected object, not null"),
    "no worker": (b"{" + GOOD + b"}", "`worker` is missing"),
    "no fact": (WHO[:-1] + b"}", "`fact` is missing"),
    "a blank worker": (b'{"worker":"  ",' + GOOD + b"}", "worker: must not be blank"),
    "a worker that is a number": (b'{"worker":%b,' % IDENTITY[:17].encode() + GOOD + b"}", "worker: expected str"),
    "a worker that is null": (b'{"worker":null,' + GOOD + b"}", "worker: expected str"),
    "a fact that is a name": (spoken(b'"%b"' % NAME.encode()), "fact: expected object"),
    "a fact without a tag": (spoken(b'{"on":"2014-09-01"}'), "fact"),
    "an unknown fact": (spoken(b'{"fact":"%b"}' % NAME.encode()), "no such fact"),
    "a missing field": (spoken(b'{"fact":"resigned"}'), "`last_day` is missing"),
    "an unknown field": (beside(resigned("2015-01-01"), note="x"), "line: an unknown field"),
    "an unknown field in the fact": (beside({**resigned("2015-01-01"), NAME: 1}), "unknown field"),
    "a key twice": (WHO + WHO[1:] + GOOD + b"}", "`worker` stands twice"),
    "a key of the fact twice": (
        spoken(b'{"fact":"resigned","last_day":"2015-01-01","last_day":"2015-01-02"}'),
        "`last_day` stands twice",
    ),
    "a name as a key twice": (spoken(b'{"fact":"x","%b":1,"%b":2}' % (NAME.encode(), NAME.encode())), ""),
    "a number for a text": (beside({**commended("2015-01-01"), "title": 7}), "title: expected str, not int"),
    "a text for a number": (beside({**assessed(2015), "year": "2015"}), "year: expected int, not str"),
    "a fraction for a number": (beside({**assessed(2015), "year": 2015.5}), "year: expected int, not float"),
    "a text for a truth": (beside(hired(full_time="true")), "full_time: expected bool, not str"),
    "an unknown value": (beside(hired(role=NAME)), "not an allowed value: committee / specialist"),
    "an item of no article": (beside({"fact": "dismissed", "last_day": "2015-01-01", "item": 7}), "item: expected"),
    "act as a list": (beside(hired(), act=[NAME]), "act: expected str"),
    "evidence as a text": (beside(hired(), evidence=NAME), "evidence: expected array"),
    "evidence without a kind": (beside(hired(), evidence=[{"reference": NAME}]), "`kind` is missing"),
    "an unknown field in evidence": (
        beside(hired(), evidence=[{"kind": "a", "reference": "b", "by": NAME}]),
        "unknown field",
    ),
    "an unknown community": (beside(hired(community="150102001999")), "unknown division code 150102001999"),
    "a street for a community": (beside(hired(community="150102001")), "too high a level"),
    "an ID number for a community": (beside(hired(community=IDENTITY)), "unknown division code …"),
    "a name for a community": (beside(hired(community=NAME)), "unknown division code …"),
    "wide digits": (beside(hired(community="15010200100１")), "unknown division code …"),
    "a day that is none": (beside(hired("2023-02-29")), "not a date"),
    "a day with a time": (beside(hired("2014-09-01T00:00:00Z")), "not a date"),
    "a name for a day": (beside(hired(NAME)), "not a date"),
    "year 1": (beside(hired("0001-01-01")), "before 1900-01-01"),
    "year 9999": (beside(hired("9999-12-31")), "after today"),
    "year 9999 for a plan": (beside(hired(contract_until="9999-12-31")), "after 2199-12-31"),
    "tomorrow": (beside(hired("2026-11-25")), "after today (2026-11-24)"),
    "last before first": (beside({**TRAINED, "hours": 8, "last_day": "2015-03-01"}), "last day before the first"),
    "control characters": (WHO + b'"act":"a\x1b[2Jb\x00",' + GOOD + b"}", "not valid JSON"),
    "invalid UTF-8": (WHO + b'"act":"\xff\xfe",' + GOOD + b"}", "not UTF-8"),
    "GBK": (WHO + b'"act":"' + NAME.encode("gb18030") + b'",' + GOOD + b"}", "not UTF-8"),
    "UTF-16": (beside(hired()).decode().encode("utf-16"), "not"),
    "a lone surrogate": (WHO + b'"act":"\\ud800",' + GOOD + b"}", "not valid JSON"),
    "NaN": (hours(b"NaN"), "not valid JSON"),
    "Infinity": (hours(b"Infinity"), "not valid JSON"),
    "minus Infinity": (hours(b"-Infinity"), "not valid JSON"),
    "more than a float": (hours(b"1e400"), "hours"),
    "the most of a float": (hours(b"1.7e308"), "hours"),
    "no hours": (hours(b"0"), "hours: expected float > 0"),
    "a third of an hour": (hours(b"7.3"), "half-hour steps"),
    "a huge number": (spoken(b'{"fact":"dismissed","last_day":"2015-01-01","item":%b}' % (b"9" * 400)), "item"),
    "a huge entry": (beside({"fact": "voided", "number": 10**30, "reason": "r", "approved_by": "x"}), "earlier entry"),
    "entry 0": (
        beside({"fact": "voided", "number": 0, "reason": "r", "approved_by": "x"}),
        "number: expected int >= 1",
    ),
    "a correction of a correction": (beside(corrected(1, corrected(1, hired()))), "no such fact"),
    "no reason": (beside({"fact": "voided", "number": 1, "reason": " ", "approved_by": "x"}), "reason: must not be"),
    "no second person": (beside({"fact": "voided", "number": 1, "reason": "r", "approved_by": ""}), "approved_by"),
    "the same person twice": (
        beside({"fact": "voided", "number": 1, "reason": "r", "approved_by": NAME}, recorded_by=NAME),
        "approved_by must differ",
    ),
    "a wrong check digit": (beside(registered(identity=IDENTITY[:17] + "1")), "wrong check digit"),
    "a short ID number": (beside(registered(identity=IDENTITY[:15])), "17 digits and a check digit"),
    "a small x": (beside(registered(identity=IDENTITY.lower())), "17 digits and a check digit"),
    "no name": (beside(registered(name="")), "name: must not be blank"),
    "a moment without a zone": (beside(hired(), recorded_at="2020-01-01T00:00:00"), "recorded_at: not a moment"),
    "a moment that is none": (beside(hired(), recorded_at=NAME), "recorded_at: not a moment"),
    "a moment after now": (beside(hired(), recorded_at="2026-11-24T08:00:01Z"), "recorded_at: after now"),
    "a moment before year 1": (beside(hired(), recorded_at="0001-01-01T00:00:00+08:00"), "recorded_at"),
    "a moment after year 9999": (beside(hired(), recorded_at="9999-12-31T23:59:59-08:00"), "recorded_at"),
    "10 MB": (WHO + b'"act":"' + b"x" * 10_000_000 + b'",' + GOOD + b"}", "more than 1048576 bytes"),
    "deep nesting": (WHO + b'"evidence":' + b"[" * 200_000 + b"]" * 200_000 + b"," + GOOD + b"}", ""),
    "deep nesting where nothing belongs": (WHO + GOOD + b',"x":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, ""),
}


@pytest.fixture
def filled(office: Office) -> Office:
    """Something is in it already, of another worker and of this one."""
    assert office.run("import", office.file([line(hired(), SOMEBODY_ELSE), line(assessed(2014), IDENTITY)])).status == 0
    return office


def nothing_personal(told: Said) -> bool:
    spoken_of = told.out + told.err
    return not any(one in spoken_of for one in (IDENTITY, IDENTITY[:17], IDENTITY[:15], NAME, SOMEBODY_ELSE))


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_refused_with_file_line_and_reason_and_nothing_is_stored(filled: Office, kind: str) -> None:
    text, reason = BAD[kind]
    before = stored(filled.database)
    file = filled.file(b"\n" + beside(resigned("2016-01-31")) + b"\n" + text + b"\n")
    told = filled.run("import", file, "--lang", "en")
    assert told.status == 1
    places = [one for one in told.err.splitlines() if one.startswith(f"{file}:")]
    assert any(one.startswith(f"{file}:3: ") and reason in one for one in places), told.err[-500:]
    assert nothing_personal(told)
    assert "Traceback" not in told.err
    assert stored(filled.database) == before


CUT_OFF_OR_SO = [
    "not JSON", "cut off", "a comment", "no fact", "an unknown fact", "an unknown field", "a key twice",
    "control characters", "invalid UTF-8", "a lone surrogate", "NaN", "10 MB", "deep nesting",
    "a huge number", "a day that is none",
]  # fmt: skip


@pytest.mark.parametrize("kind", CUT_OFF_OR_SO)
def test_the_worker_of_a_bad_line_is_kept_out_and_others_go_in(filled: Office, kind: str) -> None:
    lines = [beside(hired()), json.dumps(line(commended("2015-05-04"), SOMEBODY_ELSE)).encode(), BAD[kind][0]]
    told = filled.run("import", filled.file(b"\n".join(lines)), "--lang", "en")
    assert told.status == 1
    assert "1 lines refused; 1 other lines" in told.err
    assert [row[3] for row in stored(filled.database)[1]] == ["hired", "assessed", "commended"]


@pytest.mark.parametrize("key", ["ZhangSan", "Zhang San", IDENTITY, "A-0418", "x" * 5000])
def test_an_unknown_key_that_may_be_a_person_is_not_repeated(filled: Office, key: str) -> None:
    """The format is written by programs, and a shape mistake puts a person where a field belongs."""
    for text in (json.dumps({key: hired()}), json.dumps({**line(hired(), IDENTITY), key: 1})):
        told = filled.run("import", filled.file(text.encode()), "--lang", "en")
        assert told.status == 1
        assert key not in told.err


def test_a_refused_fact_of_record_says_why_and_stores_nothing(filled: Office) -> None:
    before = stored(filled.database)
    for kind, (text, _) in BAD.items():
        if not text.startswith(WHO + b'"fact":{') or kind in ("not JSON", "a comment", "two documents", "a huge entry"):
            continue
        fact = text[len(WHO) + len(b'"fact":') : -1].decode()
        told = filled.run("record", IDENTITY, fact, "--lang", "en")
        assert (told.status, told.out) == (1, ""), kind
        assert nothing_personal(told), kind
    for fact in ("", "null", "[]", "{", "hired", '{"fact":"hired"},"worker":"x"'):
        told = filled.run("record", IDENTITY, fact, "--lang", "en")
        assert (told.status, told.out) == (1, "")
    assert stored(filled.database) == before
