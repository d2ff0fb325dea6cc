"""The OpenAPI 3.1 document, made of the routes' own declarations and of the types of facts and answers.

msgspec knows the types as they are encoded, so the schema of an answer is what is sent; a `Reason` is said as text.
What is sent is in `requests.py`, what comes back in `responses.py`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar.handlers import HTTPRouteHandler

from api.access.policy import NEEDS_CASE, NEEDS_PURPOSE, PERMITTED
from api.description import examples, requests, responses
from api.description.operations import Open
from api.web.asking import API_VERSION
from api.web.operation import Operation
from api.web.problems import Problem
from domain.words import Reason
from projections.preview import Preview

REF = "#/components/schemas/{name}"

_MODULE = re.compile(r'("(?:#/components/schemas/)?)(?:[a-z_]+\.)+([a-z_]+)\.([A-Z]\w*)"')

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "A JSON Web Token (RFC 7519), signed EdDSA, ES256 or RS256: of the identity provider,"
    " or of `career-ledger token`.",
}


def document(routes: Iterable[tuple[str, HTTPRouteHandler]]) -> dict[str, Any]:
    """The whole document, of handlers by the paths at which they are reached."""
    declared = [(path, handler) for path, handler in routes if "operation" in handler.opt or "about" in handler.opt]
    operations = [handler.opt["operation"] for _, handler in declared if "operation" in handler.opt]
    opened = [handler.opt["about"] for _, handler in declared if "about" in handler.opt]
    told = {one.tells for one in (*operations, *opened)} - {bytes, str}
    refs, schemas = schemas_of(told | {Problem, Preview}, {one.body for one in operations} - {None})
    paths: dict[str, dict[str, Any]] = {}
    for path, handler in declared:
        method = next(iter(handler.http_methods)).lower()
        paths.setdefault(path_of(path), {})[method] = _described(path, handler, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Career Ledger 履历账本",
            "version": API_VERSION,
            "description": examples.ABOUT,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": about} for name, about in examples.TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": requests.components(),
            "headers": responses.HEADERS,
            "responses": responses.refusals(refs),
            "securitySchemes": {"bearer": BEARER},
        },
        "security": [{"bearer": []}],
    }


def schemas_of(told: Iterable[Any], sent: Iterable[Any] = ()) -> tuple[dict[Any, Any], dict[str, Any]]:
    """For each type of answers and of bodies its schema, by reference, and the schemas that are referred to."""
    known, bodies = sorted(told, key=repr), sorted(sent, key=repr)
    types = [*known, *map(requests.as_sent, bodies)]
    made = msgspec.json.schema_components(types, schema_hook=_said, ref_template=REF)
    found, components = msgspec.json.decode(_MODULE.sub(_short, msgspec.json.encode(made).decode()))
    return dict(zip([*known, *bodies], found, strict=True)), components


def _short(name: re.Match[str]) -> str:
    """Of two types with one name, msgspec tells the whole module: its last part will do."""
    return f'{name[1]}{name[2].capitalize()}{name[3]}"'


def _said(kind: type) -> dict[str, Any]:
    if kind is Reason:
        return {"type": "string"}
    raise NotImplementedError(kind.__name__)


def path_of(path: str) -> str:
    """A route's path as OpenAPI writes it: `{career:uuid}` is `{career}`."""
    return "/".join(f"{{{part[1:-1].partition(':')[0]}}}" if part[:1] == "{" else part for part in path.split("/"))


def _described(path: str, handler: HTTPRouteHandler, refs: Mapping[Any, Any]) -> dict[str, Any]:
    if "about" in handler.opt:
        about: Open = handler.opt["about"]
        return about.described(path, refs)
    operation: Operation = handler.opt["operation"]
    told: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [str(tag) for tag in sorted(handler.resolve_tags())],
        "summary": operation.about.en,
        "description": _in_words(operation),
        "parameters": requests.parameters(operation, path),
        "responses": responses.responses(operation, path, refs),
    }
    if operation.body is not None:
        told["requestBody"] = requests.body(operation, refs)
    return told


def _in_words(operation: Operation) -> str:
    roles = PERMITTED[operation.action]
    words = f"{operation.about.zh}。\n\nRoles: {', '.join(roles)}."
    if NEEDS_PURPOSE & set(roles):
        words += " A transfer desk gives a `purpose`."
    if NEEDS_CASE & set(roles):
        words += " An inspector gives a `case_number`."
    return words + examples.MORE.get(operation.name, "")
