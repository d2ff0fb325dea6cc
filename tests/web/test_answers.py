"""The worked cases of the contract over HTTP: the same JSON as the command line says."""

from typing import Any

import pytest

from api.questions import question
from projections.wire import to_json
from tests.cases import CASES, differences, worker_of
from tests.running import TODAY
from tests.web.window import Window

ASKS = [(case, ask) for case in CASES for ask in case.get("questions", [])]
PATHS = {"service_years": "service-years", "eligibility": "secretary-eligibility", "findings": "findings"}


def name_of(parameter: Any) -> str:
    return str(parameter["id"]) if "id" in parameter else f"{parameter['ask']}-{parameter['on']}"


@pytest.mark.parametrize(("case", "ask"), ASKS, ids=name_of)
def test_a_worked_case_is_answered_over_http(case: dict[str, Any], ask: dict[str, Any], window: Window) -> None:
    window.imported(case["lines"])
    worker = worker_of(case, ask)
    readings = {f"reading_{name}": value for name, value in ask.get("readings", {}).items()}
    known_at = {"known_at": ask["known_at"]} if "known_at" in ask else {}
    path = f"/careers/{window.career(worker)}/{PATHS[ask['ask']]}"

    response = window.as_("auditor").get(path, on=ask["on"], **known_at, **readings)

    assert response.status_code == 200
    assert differences(ask["expect"], {**response.json(), "worker": worker}) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_answer_is_byte_for_byte_what_the_command_line_says(window: Window, lang: Any) -> None:
    window.imported(CASES[0]["lines"])
    career = str(window.career(CASES[0]["lines"][0]["worker"]))
    asked = question(on=None, known_at=None, readings=[], today=TODAY)

    response = window.as_("auditor").get(f"/careers/{career}/service-years", lang=lang)

    assert response.content == to_json(window.house.desk.service_years(career, asked), lang)
