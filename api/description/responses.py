"""What can come back, for the OpenAPI document: answers and refusals with their headers, each with an example."""

from collections.abc import Mapping
from typing import Any

import msgspec

from api.description import examples
from api.web.operation import Operation
from api.web.problems import MEDIA, Kind, Problem, all_kinds
from api.web.telling import EVENTS, JSON, NDJSON
from projections.preview import Preview

ALWAYS = (400, 401, 403, 406, 422, 429, 500, 503)
"""Refusals that every question can end in; 422 for a purpose that cannot be stored."""

MEANINGS = {
    304: "The caller has this answer already",
    400: "The request is not right",
    401: "No token, or one that is not good",
    403: "Not permitted, whoever it is about",
    404: "No such career in reach; whether there is one elsewhere is not told. Or nothing of that name, or position",
    406: "There is no answer of that kind",
    408: "The body did not arrive in time",
    409: "Decided already",
    412: "Someone else wrote first",
    413: "The body is too large",
    415: "The body is no JSON",
    422: "Refused: cannot be true, may not be said, or cannot be stored",
    429: "More often than a subject may ask",
    500: "Something failed here, and was logged",
    503: "The store, the log or the identity provider cannot be used just now, or too much is asked at once",
}

LINES = {
    NDJSON: "One JSON text a line (UTF-8)",
    EVENTS: "Server-sent events; `id` is the position, `data` one line",
}


def _header(about: str, *, always: bool = True, **schema: Any) -> dict[str, Any]:
    return {"description": about, "required": always, "schema": schema or {"type": "string"}}


HEADERS: dict[str, dict[str, Any]] = {
    "API-Version": _header("The version of this API", type="string", format="date"),
    "Request-Id": _header("Finds this request in the logs"),
    "Ledger-Position": _header("How much of the ledger the answer knew", type="integer", minimum=0),
    "Content-Language": _header("The language of the words", type="string", enum=["zh", "en"]),
    "Cache-Control": _header("A person's data is kept by no cache between"),
    "Vary": _header("What else an answer depends on"),
    "ETag": _header("Send it back as `If-None-Match`; of what was recorded, as `If-Match`"),
    "Location": _header("Where to find it", type="string", format="uri-reference"),
    "WWW-Authenticate": _header("How to sign in (RFC 6750)"),
    "Retry-After": _header("Seconds until it is worth asking again", type="integer", minimum=1),
}
"""Headers by name, as they always come where they are named."""

STANDARD = ("API-Version", "Request-Id", "Ledger-Position", "Content-Language", "Cache-Control", "Vary")
REFUSAL = ("API-Version", "Content-Language", "Cache-Control")


def headers(*names: str) -> dict[str, Any]:
    """Headers of a response, by reference."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def is_tagged(operation: Operation) -> bool:
    """Whether an answer has a tag by which it is known again."""
    return operation.tagged and not operation.records and operation.body is None


def responses(operation: Operation, path: str, refs: Mapping[Any, Any]) -> dict[str, Any]:
    """Everything that can come of an operation, by status."""
    found: dict[str, Any] = {str(operation.status): _answer(operation, refs)}
    if operation.previews:
        found["200"] = _preview(refs)
    if is_tagged(operation):
        found["304"] = {
            "description": MEANINGS[304],
            "headers": headers(*STANDARD, "ETag"),
        }
    for status in {*ALWAYS, *operation.problems, *_usual(operation, path)}:
        found[str(status)] = refusal(status)
    return dict(sorted(found.items()))


def refusal(status: int) -> dict[str, Any]:
    """A refusal, by reference."""
    return {"$ref": f"#/components/responses/Refused{status}"}


def _answer(operation: Operation, refs: Mapping[Any, Any]) -> dict[str, Any]:
    names = list(STANDARD)
    if is_tagged(operation) or operation.previews:
        names.append("ETag")
    if operation.status == 201:
        names.append("Location")
    schema = None if operation.tells is bytes else refs[operation.tells]
    content = {}
    for media in operation.media:
        content[media] = {"schema": schema if media == JSON else {"type": "string", "description": LINES[media]}}
        example = examples.answer(operation.name, media)
        if example is not None:
            content[media]["example"] = example
    return {"description": operation.about.en, "headers": headers(*names), "content": content}


def _preview(refs: Mapping[Any, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": refs[Preview]}
    example = examples.answer("preview", JSON)
    if example is not None:
        content["example"] = example
    return {
        "description": "With `dry_run`: what would change. Nothing has been recorded",
        "headers": headers(*STANDARD),
        "content": {JSON: content},
    }


def _usual(operation: Operation, path: str) -> set[int]:
    """Refusals that come with what an operation takes."""
    usual = set()
    if "{" in path or operation.knows_when:
        usual.add(404)
    if operation.body is not None:
        usual |= {408, 413, 415}
    if operation.records:
        usual.add(412)
    return usual


def refusals(refs: Mapping[Any, Any]) -> dict[str, Any]:
    """The refusals that operations refer to, each with an example of every kind that there is of it."""
    return {f"Refused{status}": _refusal(status, refs) for status in MEANINGS if status != 304}


def _refusal(status: int, refs: Mapping[Any, Any]) -> dict[str, Any]:
    names = [*REFUSAL]
    if status == 401:
        names.append("WWW-Authenticate")
    elif status in (429, 503):
        names.append("Retry-After")
    return {"description": MEANINGS[status], "headers": headers(*names), "content": {MEDIA: problems(status, refs)}}


def problems(status: int, refs: Mapping[Any, Any]) -> dict[str, Any]:
    """Problem details of a status, with an example of every kind that there is."""
    kinds = [kind for kind in all_kinds() if kind.status == status]
    return {"schema": refs[Problem], "examples": {kind.name: {"value": _example(kind)} for kind in kinds}}


def _example(kind: Kind) -> dict[str, Any]:
    title = kind.title().say("en")
    told: dict[str, Any] = msgspec.to_builtins(Problem(f"/problems/{kind.name}", title, kind.status, title, "5f0c-12"))
    return told
