"""The figures for Prometheus are those of what was done."""

import re

from tests.given import HOME, hired, trained
from tests.web.window import Window


def figure(window: Window, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", window.client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_the_position_is_that_of_the_ledger(window: Window) -> None:
    window.record("A-1", hired("2018-03-01", HOME))
    assert figure(window, "career_ledger_position") == 1
    window.record("A-1", trained("2018-03-01", 8))
    assert figure(window, "career_ledger_position") == 2


def test_requests_and_disclosures_are_counted(window: Window) -> None:
    career = window.record("A-1", hired("2018-03-01", HOME))
    answered = 'career_ledger_requests_total{operation="findings",status="200"}'
    told = 'career_ledger_disclosures_total{role="auditor"}'
    before = figure(window, answered), figure(window, told)
    window.as_("auditor").get(f"/careers/{career}/findings")
    assert (figure(window, answered), figure(window, told)) == (before[0] + 1, before[1] + 1)
