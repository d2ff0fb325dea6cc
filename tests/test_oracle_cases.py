"""The oracle gives the answers of the worked cases, so that it may judge others."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.facts import PlainFact
from tests.oracle.eligibility import eligibility
from tests.oracle.findings import findings
from tests.oracle.service_years import service_years
from tests.oracle.timeline import Numbered

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))["cases"]
ANSWERS = {"service_years": service_years, "eligibility": eligibility, "findings": findings}


def plain(answer: Any) -> Any:
    """An answer as its JSON."""
    return msgspec.to_builtins(answer, str_keys=True)


def questions() -> Iterator[Any]:
    """Every question about a worker whose lines all stand as they are, with that worker's facts."""
    for case in CASES:
        refused = {case["lines"][one["line"] - 1]["worker"] for one in case.get("refused", [])}
        for place, question in enumerate(case.get("questions", []), 1):
            worker = question.get("worker", case["lines"][0]["worker"])
            told = [line["fact"] for line in case["lines"] if line["worker"] == worker]
            amended = any(fact["fact"] in ("corrected", "voided") for fact in told)
            if not (amended or worker in refused or "known_at" in question or question["ask"] not in ANSWERS):
                facts = [(number, msgspec.convert(fact, PlainFact)) for number, fact in enumerate(told, 1)]
                yield pytest.param(facts, question, id=f"{case['id']}-{place}")


def check(expected: Any, given: Any) -> None:
    """What is expected is partial; conditions match by name."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            check(value, given[key])
    elif isinstance(expected, list):
        by_name = {one["condition"]: one for one in given}
        for one in expected:
            check(one, by_name[one["condition"]])
    else:
        assert given == expected


@pytest.mark.parametrize(("facts", "question"), list(questions()))
def test_the_oracle_answers_the_worked_cases(facts: list[Numbered], question: dict[str, Any]) -> None:
    ask = ANSWERS[question["ask"]]
    given = plain(ask(facts, question.get("readings", {}), date.fromisoformat(question["on"])))
    expected = question["expect"]
    if question["ask"] != "findings":
        check(expected, given)
        return
    for finding in expected.get("has", []):
        assert any(finding.items() <= one.items() for one in given), given
    assert not {one["rule"] for one in given} & set(expected.get("lacks", []))
