"""One line of an import file: read strictly, so that nothing that was said is lost in silence.

    {"worker": "A-0417", "fact": {"fact": "resigned", "last_day": "2024-05-31"}}

Unknown fields and duplicate keys are refused. Optional beside `worker` and `fact`: `recorded_at`, `recorded_by`, `act`,
`evidence`.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from domain.entry import Evidence, Moment, utc
from domain.errors import MalformedError
from domain.facts import AnyFact, Corrected, PlainFact, Voided
from domain.malformed import explain
from domain.words import Phrase

LONGEST_LINE = 1_048_576
"""Longest line that is read, in bytes. The longest fact a person writes is a thousandth of that."""

TOO_LONG = Phrase(
    "一行超过 {most} 字节;每行只写一个事实,请检查是否缺少换行",
    "a line of more than {most} bytes; one fact a line: is a line break missing?",
)
TWICE = Phrase("字段 `{key}` 出现两次;请只保留一个", "the key `{key}` stands twice; keep one of them")
BLANK = Phrase("{field}:不能为空", "{field}: must not be blank")

_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError)
"""What decoding raises; the last for a moment that is no moment in UTC, in the year 1 or 9999."""


class Said(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a line says of its worker. Its bytes are the line's idempotency key within a career."""

    recorded_at: Moment | None = None
    recorded_by: str | None = None
    fact: AnyFact
    act: str = ""
    evidence: tuple[Evidence, ...] = ()


class Line(Said, frozen=True, omit_defaults=True, kw_only=True):
    """A whole line: what it says, and of whom."""

    worker: str


class _Heading(Struct, frozen=True, gc=False):
    worker: str
    recorded_at: Moment | None = None


def _twin(kind: type[Struct], *changed: tuple[Any, ...]) -> type[Any]:
    """`kind` again, but refusing unknown fields; `changed` fields have another type."""
    config = kind.__struct_config__
    return msgspec.defstruct(
        kind.__name__,
        changed,
        bases=(kind,),
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        tag=config.tag,
        tag_field=config.tag_field,
    )


def _strict_line() -> type[Any]:
    plain = [_twin(kind) for kind in get_args(PlainFact)]
    corrected = _twin(
        Corrected,
        *((f.name, _union(plain) if f.name == "replacement" else f.type) for f in fields(Corrected)),
    )
    evidence = _twin(Evidence)
    return msgspec.defstruct(
        "Line",
        [
            ("worker", str),
            ("fact", _union([*plain, corrected, _twin(Voided)])),
            ("recorded_at", Moment | None, None),
            ("recorded_by", str | None, None),
            ("act", str, ""),
            ("evidence", tuple[evidence, ...], ()),  # type: ignore[valid-type]
        ],
        frozen=True,
        forbid_unknown_fields=True,
    )


def _union(kinds: Sequence[type[Any]]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union


_STRICT: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_strict_line())
_LINE: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_HEADING: msgspec.json.Decoder[_Heading] = msgspec.json.Decoder(_Heading)
_ENCODER = msgspec.json.Encoder()
_KEYS = frozenset(
    field.name for kind in (Said, Evidence, *get_args(PlainFact), Corrected, Voided) for field in fields(kind)
) | {"fact", "worker"}
"""Every key of the format: what else stands as a key could be somebody's name, and is not repeated."""


def heading(raw: bytes) -> tuple[str, datetime | None]:
    """Whose line it is, and when it says that it was recorded. Raises `MalformedError` if it is no JSON object of that.

    Of the rest it only sees that it is JSON: `read` is what reads a line.
    """
    try:
        line = _HEADING.decode(raw)
        at = line.recorded_at and utc(line.recorded_at)
    except _UNREADABLE as error:
        raise _malformed(raw, error) from None
    worker = line.worker.strip()
    if not worker:
        raise MalformedError(BLANK(field="worker"))
    return worker, at


def read(raw: bytes) -> tuple[Said, bytes]:
    """What a line says, and its canonical bytes: its idempotency key.

    Raises `MalformedError` with the field and the rule, never with what stood in the field.
    """
    if len(raw) > LONGEST_LINE:
        raise MalformedError(TOO_LONG(most=LONGEST_LINE))
    try:
        line = _LINE.decode(raw)
        at = line.recorded_at
        said = Said(
            recorded_at=at and utc(at),
            recorded_by=line.recorded_by,
            fact=line.fact,
            act=line.act,
            evidence=line.evidence,
        )
        key = encode_said(said)
        # The canonical bytes have as few quotes as the line can have, but for the four of the worker. If the line has
        # no more, it has no unknown field and no key twice; most lines that a program wrote are so.
        if b"\\" in raw or raw.count(b'"') != key.count(b'"') + 4:
            _STRICT.decode(raw)
            json.loads(raw, object_pairs_hook=_object_of_distinct_keys)
    except _UNREADABLE as error:
        raise _malformed(raw, error) from None
    if said.recorded_by is not None and not said.recorded_by.strip():
        raise MalformedError(BLANK(field="recorded_by"))
    return said, key


def read_fact(raw: bytes, *, act: str = "") -> Said:
    """One fact alone, read as strictly as a line. Raises `MalformedError`."""
    said, _ = read(b'{"worker":"-","fact":' + raw.strip() + b"}")
    return msgspec.structs.replace(said, act=act)


def encode_said(said: Said) -> bytes:
    """The canonical bytes of what a line says."""
    return _ENCODER.encode(said)


def _malformed(raw: bytes, error: Exception) -> MalformedError:
    """The error to raise. A line that is too long is most likely two; of a line cut off, its line feed is no part."""
    if len(raw) > LONGEST_LINE:
        return MalformedError(TOO_LONG(most=LONGEST_LINE))
    try:
        _LINE.decode(raw.strip())
    except _UNREADABLE as told_better:
        error = told_better
    return MalformedError(explain(error, frozenset(_KEYS)))


def _object_of_distinct_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise MalformedError(TWICE(key=key if key in _KEYS else "…"))
        result[key] = value
    return result


_WORKER = re.compile(rb'"worker"\s*:\s*("(?:[^"\\]|\\.)*")')
_WORKER_WITHIN = 65_536
"""How far into a refused line its worker is looked for, in bytes."""


def worker_of(raw: bytes) -> str | None:
    """Whose line a refused line was meant to be, if that much can be read even of a broken one."""
    found = _WORKER.search(raw, 0, _WORKER_WITHIN)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found.group(1), type=str).strip() or None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
