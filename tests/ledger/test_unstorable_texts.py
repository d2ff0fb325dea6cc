"""The character U+0000, which not every database can hold: refused when it comes, read where it came in before."""

import json
from contextlib import closing

import msgspec
import pytest

from domain.entry import Evidence
from domain.errors import MalformedError
from domain.exporting import export_lines
from domain.ledger import row_of
from domain.malformed import check_text
from tests.building import entries_of
from tests.ledger.saying import SOMEBODY, career_of, commended, corrected, hired, line, said, stored
from tests.ledger.taking import take, why
from tests.running import KEY, Bench, Office, open_ledger

pytestmark = pytest.mark.stores("sqlite", "postgres")

NUL = "a\0b"

PLACES = {
    "fact.title": line(commended("2015-05-04", NUL)),
    "fact.reason": line({**corrected(1, hired()), "reason": NUL}),
    "fact.approved_by": line(corrected(1, hired(), approved_by=NUL)),
    "fact.replacement.title": line(corrected(1, commended("2015-05-04", NUL))),
    "act": line(hired(), act=NUL),
    "recorded_by": line(hired(), recorded_by=NUL),
    "evidence[1].reference": line(
        hired(), evidence=[{"kind": "scan", "reference": "1"}, {"kind": "scan", "reference": NUL}]
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_import_refuses_it_wherever_it_stands(bench: Bench, place: str) -> None:
    take(bench, [line(hired()), PLACES[place]])
    ((_, number, reason),) = why(bench)
    assert number == 2
    assert reason.startswith(f"{place}: holds the character U+0000")
    assert bench.ledger.known().position == 0


def test_recording_and_previewing_refuse_it(bench: Bench) -> None:
    ledger, career = bench.ledger, career_of(bench.ledger)
    plain = said(commended("2015-05-04"))
    (fact,) = said(commended("2015-05-04", NUL))
    evidence = msgspec.structs.replace(plain[0], evidence=(Evidence("scan", "1", NUL),))
    for facts, author, place in (([fact], "c", "fact.title"), (plain, NUL, "recorded_by"), ([evidence], "c", "sha256")):
        for ask in (ledger.record, ledger.preview):
            with pytest.raises(MalformedError, match=place):
                ask(career, facts, author=author)
    assert ledger.known().position == 0


def test_what_only_looks_like_it_is_a_text_like_any_other(bench: Bench) -> None:
    r"""A backslash before u0000, which JSON writes as \\u0000."""
    looks_so = "\\u0000 \\\\u0000 u0000"
    take(bench, [line(commended("2015-05-04", looks_so))])
    assert bench.refused == []
    (entry,) = bench.ledger.record(career_of(bench.ledger), said(commended("2016-05-04", looks_so)), author="clerk")
    check_text(entry.state, row_of(entry, 0).state)


@pytest.fixture
def held(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A ledger into which an older program let it."""
    monkeypatch.setenv("CAREER_LEDGER_KEY", KEY.decode())
    with closing(open_ledger(office.database)) as ledger, ledger.appending() as transaction:
        (entry,) = entries_of([one.fact for one in said(commended("2015-05-04", NUL))])
        transaction.append([row_of(entry, 0)._replace(career=career_of(ledger).bytes)])
    return office


def test_an_entry_that_holds_it_is_read_exported_and_known_again(held: Office) -> None:
    told = held.run("timeline", SOMEBODY, "--json")
    assert json.loads(told.out)["items"][0]["fact"]["title"] == NUL
    assert "\0" not in held.run("timeline", SOMEBODY).out
    with closing(open_ledger(held.database)) as ledger:
        exported = b"".join(export_lines(ledger))
    again = held.run("import", held.file(exported), "--lang", "en")
    assert (again.status, stored(held.database)[0]) == (0, 1)


def test_its_career_goes_on(held: Office) -> None:
    told = held.run("record", SOMEBODY, json.dumps(commended("2016-05-04")))
    assert (told.status, stored(held.database)[0]) == (0, 2)
