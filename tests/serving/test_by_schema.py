"""Requests of all kinds, made of the OpenAPI document itself: whatever comes back is what the document says.

Schemathesis goes through every parameter, header and body of every operation, right and wrong, with and without a good
token, and with methods that there are not; then come random requests. A deeper run:
`CAREER_LEDGER_EXAMPLES=300 .venv/bin/python -m pytest tests/serving/test_by_schema.py`.
"""

import os
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from schemathesis import BaseSchema
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from api.access.subject import ROLES
from api.app import application
from api.web import gate
from domain.importing.run import import_files
from scripts.simulation import lines
from tests.running import TODAY
from tests.web.window import Window, window_on

EXAMPLES = int(os.environ.get("CAREER_LEDGER_EXAMPLES", "6"))
"""Random requests of each operation, besides those that go through its parameters one by one."""

PEOPLE = 4
DIVISIONS = ("15", "1501", "150102", "150102001", "150102001001", "1599")
CHECKS = {
    # Whether valid data is accepted depends on the ledger: an entry may contradict another.
    "positive_data_acceptance": {"enabled": False},
    # The frame tells of one handler's methods where a path has two; 405 tells of all.
    "allow_header_conformance": {"enabled": False},
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "503"]},
}
NAMED = re.compile("parameters? (`.+?) in (?:query|header)")
UNHELD = re.compile(
    "lang|purpose|case_number|name|worker|subject|recorded_by|kind|after"  # Their length or words are not held.
    r"|on|reading\.\w+|Idempotency-Key"  # A recording does not look at these, a preview needs no key.
)

UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    path = tmp_path_factory.mktemp("by-schema") / "ledger.db"
    with pytest.MonkeyPatch.context() as patched, window_on(path) as opened:
        patched.setattr(gate, "WAIT_SECONDS", 0.01)
        told = b"".join(lines(workers=PEOPLE, region="150102", seed=7, today=TODAY))
        import_files(opened.bench.ledger, [BytesIO(told)], opened.bench.watcher, author="importer")
        yield opened


@pytest.fixture(scope="module")
def schema(window: Window) -> BaseSchema:
    """The document as the server gives it; requests are those of somebody of every role, mostly of people there are."""
    careers = [entries[0].career for entries in window.bench.ledger.careers()]
    token = window.token(*ROLES, name="everybody", career=careers[0], hours=24)
    config = SchemathesisConfig.from_dict({
        "seed": 1,
        "workers": 1,
        "continue-on-failure": True,
        "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
        "phases": {"stateful": {"enabled": False}},
        "checks": CHECKS,
        "headers": {"Authorization": f"Bearer {token}"},
    })  # fmt: skip
    made = schemathesis.openapi.from_asgi("/schema/openapi.json", application(window.house), config=config)

    @made.hook
    def map_path_parameters(context: Any, path_parameters: Any) -> Any:
        return _with_known("career", UUID_FORM, [str(one) for one in careers], path_parameters)

    @made.hook
    def map_query(context: Any, query: Any) -> Any:
        return _with_known("division", re.compile("15[0-9]*"), DIVISIONS, query)

    return made


def _with_known(name: str, form: re.Pattern[str], known: Sequence[str], made: Any) -> Any:
    """The same parameters, nearly always with a value that there is in place of one that is only well formed."""
    if isinstance(made, dict) and form.fullmatch(str(made.get(name, ""))):
        number = sha256(made[name].encode()).digest()[0]
        if number >= 32:
            made[name] = known[number % len(known)]
    return made


class Run:
    """All that was asked: what every check that failed says, with its request; and what was answered at all."""

    def __init__(self, schema: BaseSchema) -> None:
        self.failures: dict[str, str] = {}
        self.answered: set[str] = set()
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                self._look_at(event.recorder)
            elif isinstance(event, events.NonFatalError):
                self.failures[f"{event.label}: {event.value!r}"] = ""
            elif isinstance(event, events.FatalError):
                raise event.exception

    def _look_at(self, recorder: ScenarioRecorder) -> None:
        for one in recorder.interactions.values():
            if one.response is not None and one.response.status_code < 300:
                self.answered.add(recorder.label)
        for checks in recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    said = f"{check.name}, {recorder.label}: {' '.join(str(check.failure_info.failure).split())}"
                    if not _is_lenient(said):
                        self.failures[said[:600]] = check.failure_info.code_sample[:400]


def test_whatever_comes_back_is_what_the_document_says(schema: BaseSchema) -> None:
    run = Run(schema)
    if run.failures:
        pytest.fail("\n".join(f"{said}\n    {sample}" for said, sample in run.failures.items())[:8000], pytrace=False)
    asked = {f"{method.upper()} {path}" for path, methods in schema.raw_schema["paths"].items() for method in methods}
    assert asked - run.answered <= {one for one in asked if "{proposal}" in one}


def _is_lenient(said: str) -> bool:
    """Whether no more than what is not held to was wrong in a request that was answered."""
    named = NAMED.findall(said)
    return (
        said.startswith("negative_data_rejection")
        and bool(named)
        and all(UNHELD.fullmatch(name) for names in named for name in re.findall("`([^`]+)`", names))
    )
