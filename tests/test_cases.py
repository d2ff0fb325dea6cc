"""Every worked case of the contract: through the public functions, and through the command line."""

import json
from typing import Any

import pytest

from api.answers import Desk
from api.questions import question
from domain.importing.run import import_files
from projections.wire import to_json
from tests.cases import CASES, differences, worker_of
from tests.running import TODAY, Bench, Office, file_of

ASKS = [(case, ask) for case in CASES for ask in case.get("questions", [])]
COMMANDS = {"service_years": "service-years", "eligibility": "eligibility", "findings": "findings"}


def name_of(parameter: Any) -> str:
    if "id" in parameter:
        return str(parameter["id"])
    return f"{parameter['ask']}-{parameter['on']}" + "".join(
        f"-{k}-{v}" for k, v in parameter.get("readings", {}).items()
    )


@pytest.mark.parametrize(("case", "ask"), ASKS, ids=name_of)
def test_a_worked_case_is_answered_by_the_functions(case: dict[str, Any], ask: dict[str, Any], bench: Bench) -> None:
    import_files(bench.ledger, [file_of(case["lines"])], bench.watcher, author="clerk")
    asked = question(
        on=ask["on"],
        known_at=str(ask["known_at"]) if "known_at" in ask else None,
        readings=[f"{name}={value}" for name, value in ask.get("readings", {}).items()],
        today=TODAY,
    )
    answer = getattr(Desk(bench.ledger), ask["ask"])(worker_of(case, ask), asked)
    assert differences(ask["expect"], json.loads(to_json(answer, "zh"))) == []


@pytest.mark.stores("sqlite", "postgres")
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_worked_case_is_answered_by_the_command_line(case: dict[str, Any], office: Office) -> None:
    imported = office.run("import", office.file(case["lines"]), "--lang", "en")
    refused = [int(line.split(":")[1]) for line in imported.err.splitlines() if line.startswith(str(office.folder))]
    assert refused == [line["line"] for line in case.get("refused", [])]
    assert imported.status == (1 if refused else 0)
    for ask in case.get("questions", []):
        words = [COMMANDS[ask["ask"]], worker_of(case, ask), "--on", ask["on"], "--json"]
        if "known_at" in ask:
            words += ["--known-at", str(ask["known_at"])]
        for name, value in ask.get("readings", {}).items():
            words += ["--reading", f"{name}={value}"]
        answered = office.run(*words)
        assert answered.status == 0
        assert differences(ask["expect"], json.loads(answered.out)) == []


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=name_of)
def test_nothing_of_a_refused_line_s_worker_goes_in(case: dict[str, Any], office: Office) -> None:
    office.run("import", office.file(case["lines"]))
    refused = {case["lines"][line["line"] - 1]["worker"] for line in case["refused"]}
    for worker in refused:
        assert office.run("timeline", worker, "--json").status == 1
