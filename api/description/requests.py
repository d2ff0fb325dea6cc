"""What is sent, for the OpenAPI document: parameters, headers and bodies, each with an example."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from api.description import examples
from api.description.responses import is_tagged
from api.readers.clerks import LONGEST_KEY, MOST_FACTS, FactToRecord
from api.web.asking import VERSIONS
from api.web.operation import Operation
from api.web.parameters import QUESTION, Parameter
from api.web.telling import EVENTS, JSON
from domain.facts import PlainFact

SHARED = {parameter.name: parameter for parameter in QUESTION}
"""Parameters that most questions take: the document has them once."""

READ_LATER: dict[str, Any] = {
    "facts": Annotated[list[FactToRecord], Meta(min_length=1, max_length=MOST_FACTS)],
    "replacement": PlainFact | None,
}
"""Fields of bodies that are read, strictly, only once it is known who asks; and what they are read as."""


def _in_header(name: str, about: str, *, required: bool = False, example: Any = None, **schema: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "in": "header", "description": about, "schema": {"type": "string", **schema}}
    if required:
        told["required"] = True
    return told if example is None else {**told, "example": example}


_VERSION = _in_header("API-Version", "The version that is wanted; the newest if left out", enum=sorted(VERSIONS))
_LANGUAGE = _in_header("Accept-Language", "The language of the words, unless `lang` says it: `en`, else Chinese",
                       example="zh")  # fmt: skip
_IF_NONE_MATCH = _in_header("If-None-Match", "The ETag of the answer that you have")
_IF_MATCH = _in_header("If-Match", "The number of the last entry that you have seen, in quotes",
                       pattern=r'^(\*|"?[0-9]{1,9}"?)?$', example='"12"')  # fmt: skip
_LAST_EVENT = _in_header("Last-Event-ID", "Server-sent events: the position of the last one that you have",
                         example="812")  # fmt: skip
_KEY = _in_header(
    "Idempotency-Key", "Sent again with the same key, the same request is recorded once; not needed for a preview",
    minLength=1, maxLength=LONGEST_KEY, pattern="^[!-~]+$", example="7f1c0f6e-2b0a-4b52-9a53-0d9f1c7d2a11",
)  # fmt: skip
_OPTIONAL_KEY, _REQUIRED_KEY = _KEY, {**_KEY, "required": True}


def components() -> dict[str, Any]:
    """The parameters that operations refer to."""
    shared = {one.name: in_query(one) for one in SHARED.values()}
    return shared | {one["name"]: one for one in (_VERSION, _LANGUAGE, _IF_NONE_MATCH)}


def parameters(operation: Operation, path: str) -> list[dict[str, Any]]:
    """All that an operation takes, but for its body."""
    found = [in_path(part[1:-1]) for part in path.split("/") if part.startswith("{")]
    found += [_shared(one.name) if SHARED.get(one.name) is one else in_query(one) for one in operation.takes.values()]
    found += [_shared("API-Version"), _shared("Accept-Language")]
    if is_tagged(operation):
        found.append(_shared("If-None-Match"))
    if operation.keyed:
        found.append(_OPTIONAL_KEY if operation.previews else _REQUIRED_KEY)
    if operation.matches:
        found.append(_IF_MATCH)
    if EVENTS in operation.media:
        found.append(_LAST_EVENT)
    return found


def in_path(part: str) -> dict[str, Any]:
    """A part of a path, as `career:uuid`."""
    name, _, kind = part.partition(":")
    schema = {"type": "string", "format": "uuid"} if kind == "uuid" else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "description": examples.IN_PATHS[name], "schema": schema}


def in_query(one: Parameter) -> dict[str, Any]:
    """A query parameter."""
    told: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "description": f"{one.about.zh} / {one.about.en}",
        "schema": one.schema,
    }
    if one.required:
        told["required"] = True
    if one.example is not None:
        told["example"] = one.example
    return told


def _shared(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/parameters/{name}"}


def body(operation: Operation, refs: Mapping[Any, Any]) -> dict[str, Any]:
    """The body of an operation that takes one."""
    content: dict[str, Any] = {"schema": refs[operation.body]}
    if operation.name in examples.BODIES:
        content["example"] = examples.BODIES[operation.name]
    return {"required": True, "content": {JSON: content}}


def as_sent(kind: Any) -> Any:
    """The type of a body as a caller writes it: with what stands in the fields that are read later."""
    told = msgspec.structs.fields(kind)
    if not any(one.name in READ_LATER for one in told):
        return kind
    fields = [_field(one) for one in told]
    return msgspec.defstruct(
        kind.__name__, fields, bases=(Struct,), namespace={"__doc__": kind.__doc__}, forbid_unknown_fields=True
    )


def _field(one: msgspec.structs.FieldInfo) -> Any:
    kind = READ_LATER.get(one.name, one.type)
    if one.required:
        return one.name, kind
    return one.name, kind, None if one.name in READ_LATER else one.default
