"""Questions about a division on the command line: JSON, tables, sheets, and what is refused."""

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.ledger.saying import (
    ELSEWHERE,
    HERE,
    NAME,
    NEXT_DOOR,
    SOMEBODY,
    SOMEBODY_ELSE,
    assessed,
    corrected,
    hired,
    line,
    registered,
    voided,
)
from tests.running import Office, Said

pytestmark = pytest.mark.stores("sqlite", "postgres")

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DANGEROUS = "=HYPERLINK(0)"


def term(on: str, office: str = "secretary") -> dict[str, Any]:
    return {"fact": "term_started", "on": on, "office": office, "community": HERE, "mode": "elected"}


LINES = [
    line(registered(name=DANGEROUS)),
    line(hired("2014-09-01")),
    line(term("2016-01-10")),
    line(corrected(2, hired("2014-08-01"))),
    line(hired("2025-03-01", ELSEWHERE, contract_until="2026-12-01"), worker=SOMEBODY_ELSE),
    line(assessed(2025, "excellent"), worker=SOMEBODY_ELSE),
    line(assessed(2024), worker=SOMEBODY_ELSE),
    line(voided(3), worker=SOMEBODY_ELSE),
]

COMMANDS = {
    "roster": ["roster", "--division", "1501"],
    "eligible": ["eligible", "--division", "1501"],
    "eligible before": ["eligible", "--division", "1501", "--before", "2030-01-01"],
    "findings": ["findings", "--division", "1501", "--article", "28"],
    "happened": ["happened", "--division", "1501", "--from", "2010-01-01", "--to", "2026-11-24"],
    "upcoming": ["upcoming", "--division", "1501", "--within", "60"],
    "statistics": ["statistics", "--division", "1501", "--population", "50000"],
}
ITEMS = {
    "roster": "workers",
    "eligible": "secretaries",
    "findings": "findings",
    "happened": "happened",
    "upcoming": "items",
}


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file(LINES), "--recorded-by", "clerk").status == 0
    return office


def answer(said: Said) -> dict[str, Any]:
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    told: dict[str, Any] = json.loads(said.out)
    return told


def rows(said: Said) -> list[dict[str, str]]:
    assert said.status == 0, said.err
    assert said.out.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_json_is_one_document_that_says_what_was_asked(filled: Office, words: list[str]) -> None:
    filled.run(*words)
    told = answer(filled.run(*words, "--json"))
    assert (told["division"], told["on"], told["parked"]) == ("1501", "2026-11-24", [])
    assert told["known"]["position"] == len(LINES)
    assert told["rules"] == "nmg-2024"
    assert told["readings"]["on"] == "inclusive"
    if words[0] in ITEMS:
        assert told[ITEMS[words[0]]] or "--before" in words


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_tables_fit_a_narrow_screen_in_both_languages(
    filled: Office, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    chinese, english = filled.run(*words), filled.run(*words, "--lang", "en")
    assert (chinese.status, english.status) == (0, 0)
    assert CHINESE.search(chinese.out)
    assert chinese.out != english.out
    told_in_one_line = ("共", "账本位置", "as known at")
    for one in (*chinese.out.splitlines(), *english.out.splitlines()):
        width = sum(2 if ord(letter) > 0x2E7F else 1 for letter in one)
        assert width <= 100 or any(words in one for words in told_in_one_line), one


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_sheet_has_one_row_an_item_and_its_frame_beside_it(filled: Office, words: list[str]) -> None:
    filled.run(*words)
    said = filled.run(*words, "--csv")
    told = answer(filled.run(*words, "--json"))
    assert "1501" in said.err
    assert f"账本位置 {len(LINES)}" in said.err
    assert "账本位置" not in said.out
    if words[0] in ITEMS:
        assert len(rows(said)) == len(told[ITEMS[words[0]]])
    english = rows(filled.run(*words, "--csv", "--lang", "en"))
    assert not any(CHINESE.search(heading) for row in english for heading in row)


def test_in_a_sheet_a_name_is_no_formula_and_a_code_no_number(filled: Office) -> None:
    first, second = rows(filled.run("roster", "--division", "1501", "--csv"))
    assert first["姓名"] == f"'{DANGEROUS}"
    assert first["社区代码"] == f"{HERE}\t"
    assert (first["到岗日"], first["任职"], first["记录"]) == ("2014-08-01", "社区党组织书记", "2 3 4")
    assert (second["姓名"], second["社区代码"]) == ("", f"{ELSEWHERE}\t")


def test_a_league_is_its_banners(filled: Office) -> None:
    whole = answer(filled.run("roster", "--division", "1501", "--json"))["workers"]
    parts = [answer(filled.run("roster", "--division", part, "--json"))["workers"] for part in ("150102", "150103")]
    assert whole == parts[0] + parts[1]
    assert [one["community"] for one in whole] == [HERE, ELSEWHERE]
    assert answer(filled.run("roster", "--division", "1502", "--json"))["workers"] == []


def test_another_day_another_moment_and_another_reading(filled: Office) -> None:
    league = ["roster", "--division", "1501", "--json"]
    (alone,) = answer(filled.run(*league, "--on", "2020-01-01"))["workers"]
    assert (alone["in_post_since"], alone["cumulative"]["days"]) == ("2014-08-01", 1980)
    (as_said,) = answer(filled.run(*league, "--known-at", "3"))["workers"]
    assert as_said["in_post_since"] == "2014-09-01"
    (excluded,) = answer(filled.run(*league, "--on", "2020-01-01", "--reading", "before_2024=excluded"))["workers"]
    assert excluded["cumulative"]["days"] == 0
    told = answer(filled.run(*league, "--on", "2020-01-01", "--reading", "span=sum_30"))
    assert told["readings"]["span"] == "sum_30"


def test_what_happened_reads_as_corrected_and_goes_on_page_by_page(filled: Office) -> None:
    words = [*COMMANDS["happened"], "--json"]
    whole = answer(filled.run(*words))["happened"]
    assert [(one["kind"], one["day"]) for one in whole] == [
        ("hired", "2014-08-01"),
        ("term_started", "2016-01-10"),
        ("hired", "2025-03-01"),
        ("assessed", "2026-01-20"),
    ]
    assert whole[0]["fact"] == hired("2014-08-01")
    assert whole[0]["entries"] == [2, 4]
    first = answer(filled.run(*words, "--limit", "3"))
    rest = answer(filled.run(*words, "--limit", "3", "--after", first["next"]))
    assert first["happened"] + rest["happened"] == whole
    assert rest["next"] is None
    (only,) = answer(filled.run(*words, "--kind", "term_started"))["happened"]
    assert only == whole[1]
    table = filled.run(*COMMANDS["happened"], "--limit", "3")
    assert first["next"] in table.out


def test_findings_are_asked_of_a_worker_or_of_a_division(filled: Office) -> None:
    mine = answer(filled.run("findings", SOMEBODY, "--json"))
    assert mine["worker"] == SOMEBODY
    here = answer(filled.run("findings", "--division", HERE, "--json"))["findings"]
    about = ("article", "rule", "severity", "since", "until", "entries", "why")
    assert [{key: one[key] for key in about} for one in here] == mine["findings"]
    sheet = rows(filled.run("findings", SOMEBODY, "--csv"))
    assert [row["规则"] for row in sheet] == [one["rule"] for one in mine["findings"]]
    missing = answer(filled.run("findings", "--division", "1501", "--article", "28", "--severity", "info", "--json"))
    assert {one["severity"] for one in missing["findings"]} == {"info"}
    assert (missing["article"], missing["severity"], missing["open"]) == ("28", "info", False)


def test_advice_says_that_a_person_decides(filled: Office) -> None:
    assert "个人信息保护法 24" in filled.run("eligible", "--division", "1501").out
    assert "个人信息保护法 24" in filled.run("eligible", "--division", "1501", "--csv").err


WRONG = {
    "no worker and no division": (["findings"], "WORKER"),
    "both": (["findings", SOMEBODY, "--division", "15"], "WORKER"),
    "a filter of a division for a worker": (["findings", SOMEBODY, "--open"], "--division"),
    "two forms": (["roster", "--division", "15", "--json", "--csv"], "--csv"),
    "two forms of a worker": (["findings", SOMEBODY, "--json", "--csv"], "--csv"),
    "no division": (["roster"], "--division"),
    "no code": (["roster", "--division", "呼和浩特"], "1501"),
    "an odd length": (["roster", "--division", "15010"], "4"),
    "an unknown code": (["roster", "--division", "150199"], "1501"),
    "a staff number": (["roster", "--division", "417041704170"], ""),
    "no article": (["findings", "--division", "15", "--article", "x"], "37(1)"),
    "no kind": (["happened", "--division", "15", "--from", "2020-01-01", "--to", "2020-01-02", "--kind", "x"], "hired"),
    "a registration": (
        ["happened", "--division", "15", "--from", "2020-01-01", "--to", "2020-01-02", "--kind", "registered"],
        "hired",
    ),
    "backwards": (["happened", "--division", "15", "--from", "2020-01-02", "--to", "2020-01-01"], "2020-01-02"),
    "no day": (["eligible", "--division", "15", "--before", "2020-02-30"], "--before"),
    "no cursor": (
        ["happened", "--division", "15", "--from", "2020-01-01", "--to", "2020-01-02", "--after", "x"],
        "--after",
    ),
    "days back": (["upcoming", "--division", "15", "--within", "-1"], "--within"),
    "nobody": (["statistics", "--division", "15", "--population", "0"], "--population"),
}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(("words", "saying"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_asked_says_what_to_do(filled: Office, words: list[str], saying: str) -> None:
    told = filled.run(*words)
    assert (told.status, told.out) == (2, "")
    assert saying in told.err
    assert "4170" not in told.err
    assert NAME not in told.err


def test_a_position_that_was_never_written_is_refused(filled: Office) -> None:
    told = filled.run("roster", "--division", "15", "--known-at", "99")
    assert (told.status, told.out) == (1, "")


def test_an_empty_division_says_so(filled: Office) -> None:
    for words in COMMANDS.values():
        told = filled.run(*words[:1], "--division", NEXT_DOOR, *words[3:])
        assert told.status == 0
        assert len(told.out.splitlines()) > 2
