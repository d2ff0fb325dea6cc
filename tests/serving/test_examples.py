"""The answers that the OpenAPI document shows are answers: of a server, over a small town, on a day that stands still.

After a change that is meant, write them anew:
`CAREER_LEDGER_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/serving/test_examples.py`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

from api.description import examples
from tests.serving.asked import answers, shown
from tests.web.window import Window

FILE = Path(examples.__file__).with_name("answers.json")


def operations(document: Any) -> dict[str, Any]:
    return {one["operationId"]: one for path in document["paths"].values() for one in path.values()}


def test_the_examples_are_what_a_server_answers(window: Window) -> None:
    made = shown(window)
    if os.environ.get("CAREER_LEDGER_WRITE_EXAMPLES"):
        FILE.write_bytes(msgspec.json.format(msgspec.json.encode(made, order="sorted"), indent=1) + b"\n")
    written = msgspec.json.decode(FILE.read_bytes())
    assert [name for name in made if written.get(name) != made[name]] == []
    assert written.keys() == made.keys()


def test_every_answer_of_every_operation_has_an_example(document: Any) -> None:
    missing = [
        (name, status, media)
        for name, one in operations(document).items()
        for status, told in one["responses"].items()
        for media, content in told.get("content", {}).items()
        if "example" not in content and "examples" not in content
    ]
    assert missing == [("metrics", "200", "text/plain")]


def test_every_example_is_valid_by_its_schema(document: Any) -> None:
    wrong = []
    for place, content in contents(document):
        told = [content["example"]] if "example" in content else []
        told += [one["value"] for one in content.get("examples", {}).values()]
        schema = {**content["schema"], "components": document["components"]}
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        wrong += [f"{place}: {error.message[:200]}" for one in told for error in validator.iter_errors(one)]
    assert wrong == []


def contents(document: Any) -> Iterator[tuple[str, Any]]:
    """Every body that is sent or comes back, with its schema and its examples."""
    for name, one in operations(document).items():
        for media, content in one.get("requestBody", {}).get("content", {}).items():
            yield f"{name} {media}", content
        for status, told in one["responses"].items():
            for media, content in told.get("content", {}).items():
                yield f"{name} {status} {media}", content
    for name, told in document["components"]["responses"].items():
        for media, content in told["content"].items():
            yield f"{name} {media}", content


def test_the_headers_of_an_answer_are_those_that_the_document_tells_of(window: Window, document: Any) -> None:
    told = operations(document)
    wrong = []
    for name, _, response in answers(window):
        known = told[{"preview": "record", "propose again": "propose"}.get(name, name)]["responses"]
        expected = set(known[str(response.status_code)].get("headers", {}))
        came = {one for one in document["components"]["headers"] if one.lower() in response.headers}
        if "server" not in told.get(name, {}).get("tags", ()) and came != expected:
            wrong.append((name, came ^ expected))
    assert wrong == []
