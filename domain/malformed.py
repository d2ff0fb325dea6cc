"""What is wrong with a text that is not of the contract's form, said without repeating what stood there.

msgspec's messages repeat the wrong value, and a value in the wrong field may be a name or an ID number. So a message is
taken apart here: its path and the kind of the mistake are kept, the value is not.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

import msgspec
from msgspec import Struct

from domain.errors import MalformedError
from domain.facts import Corrected, Voided, absence, merit, person, service
from domain.facts.base import Fact
from domain.words import Phrase, Reason

NOT_UTF8 = Phrase("不是 UTF-8 编码;请另存为 UTF-8", "not UTF-8; save the file as UTF-8")
TOO_DEEP = Phrase("嵌套过深", "nested too deeply")
NOT_JSON = Phrase("不是有效的 JSON:{detail}", "not valid JSON: {detail}")
TRUNCATED = Phrase("JSON 不完整,行被截断", "JSON ends too early: the line was cut off")
UNKNOWN_FIELD = Phrase("{where}:有未知字段;请核对拼写", "{where}: an unknown field; check the spelling")
MISSPELT_FIELD = Phrase("{where}:有未知字段;是否应为 `{field}`?", "{where}: an unknown field; should it be `{field}`?")
MISSING_FIELD = Phrase("{where}:缺少字段 `{field}`", "{where}: the field `{field}` is missing")
BAD_DATE = Phrase("{where}:不是有效日期;应为 YYYY-MM-DD", "{where}: not a date; write a real day as YYYY-MM-DD")
BAD_MOMENT = Phrase(
    "{where}:不是有效时刻;应为带时区的 RFC 3339,如 2026-11-24T08:00:00Z",
    "{where}: not a moment; write RFC 3339 with its zone, such as 2026-11-24T08:00:00Z",
)
UNKNOWN_TAG = Phrase("{where}:没有这种事实;已知的有:{known}", "{where}: no such fact; the facts are {known}")
NOT_ALLOWED = Phrase("{where}:取值不在允许范围内{known}", "{where}: not an allowed value{known}")
WRONG_TYPE = Phrase("{where}:应为 {expected},而不是 {got}", "{where}: expected {expected}, not {got}")
OUT_OF_RANGE = Phrase("{where}:应为 {expected}", "{where}: expected {expected}")
NUL = Phrase(
    "{field}:含有空字符 U+0000,不是所有数据库都能存;请删除",
    "{field}: holds the character U+0000, which not every database can store; take it out",
)
OTHER = Phrase("{where}:不符合格式", "{where}: not of the required form")

AMENDMENTS = (Corrected, Voided)

_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_SIZES = r"(?:`\w+` (?:<=|>=|<|>) [\d.]+)"
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_CASES = (
    (re.compile(r"Object missing required field `([^`]*)`"), MISSING_FIELD, ("field",)),
    (re.compile(r"Invalid RFC3339 encoded date$"), BAD_DATE, ()),
    (re.compile(r"Invalid RFC3339 encoded datetime|Expected `datetime` with a timezone"), BAD_MOMENT, ()),
    (re.compile(rf"Expected ({_SIZES})"), OUT_OF_RANGE, ("expected",)),
    (re.compile(r"Expected `([^`]*)`, got `([^`]*)`"), WRONG_TYPE, ("expected", "got")),
)


_NUL, _WRITTEN_NUL = "\0", rb"\u0000"
"""A character that PostgreSQL has no text for, and how JSON writes it, so that few texts have to be looked through."""


def check_text(said: Struct, written: bytes) -> None:
    """Refuse a text that holds U+0000, which kept tables on PostgreSQL cannot; `written` is what is said as JSON.

    Raises `MalformedError`. Entries of older programs may hold it, and are read as before.
    """
    if _WRITTEN_NUL in written:
        for field in _with_nul(msgspec.to_builtins(said)):
            raise MalformedError(NUL(field=field))


def _with_nul(value: Any, field: str = "") -> Iterator[str]:
    """The fields whose text holds U+0000."""
    if isinstance(value, str) and _NUL in value:
        yield field
    elif isinstance(value, dict):
        for name, of_it in value.items():
            yield from _with_nul(of_it, f"{field}.{name}" if field else name)
    elif isinstance(value, list | tuple):
        for place, of_it in enumerate(value):
            yield from _with_nul(of_it, f"{field}[{place}]")


def _choices() -> dict[str, tuple[str, ...]]:
    """The allowed values of every field that has a closed list of them, by the field's name."""
    choices: dict[str, tuple[str, ...]] = {}
    for room in (absence, merit, person, service):
        for kind in vars(room).values():
            if isinstance(kind, type) and issubclass(kind, Fact):
                for field, annotation in kind.__annotations__.items():
                    for option in (annotation, *get_args(annotation)):
                        values = tuple(value for value in get_args(option) if isinstance(value, str))
                        if values and field not in choices:
                            choices[field] = values
    return choices


def explain(error: Exception, keys: frozenset[str] = frozenset()) -> Reason:
    """What was wrong and where, of an error that decoding raised; an unknown key may be a slip of one of `keys`."""
    if isinstance(error, UnicodeDecodeError):
        return NOT_UTF8()
    if isinstance(error, RecursionError):
        return TOO_DEEP()
    if isinstance(error, OverflowError):
        return BAD_MOMENT(where="recorded_at")
    text = str(error)
    if "truncated" in text:
        return TRUNCATED()
    if "malformed" in text:
        return NOT_JSON(detail=text.partition(": ")[2])
    path = _PATH.search(text)
    where = (path.group(1) if path else "") or "line"
    return _of_field(where, text[: path.start()] if path else text, keys)


def _of_field(where: str, body: str, keys: frozenset[str]) -> Reason:
    """What was wrong with one field."""
    unknown = _UNKNOWN.match(body)
    if unknown:
        near = get_close_matches(unknown.group(1), sorted(keys), 1)
        return MISSPELT_FIELD(where=where, field=near[0]) if near else UNKNOWN_FIELD(where=where)
    for pattern, phrase, names in _CASES:
        found = pattern.match(body)
        if found:
            words = (_shown(word) for word in found.groups())
            return phrase(where=where, **dict(zip(names, words, strict=True)))
    return _choice(where, body)


def _shown(word: str) -> str:
    """The word, unless a person's name or number could stand in it: then only that something stood there."""
    word = word.replace("`", "")
    return word if re.fullmatch(r"[A-Za-z_][\w .<>=|-]{0,60}", word, re.ASCII) else "…"


def _choice(where: str, body: str) -> Reason:
    if body.startswith("Invalid value") and where.endswith("fact"):
        kinds = [kind for kind in Fact.__subclasses__() if "replacement" not in where or kind not in AMENDMENTS]
        known = ", ".join(kind.tag() for kind in kinds)
        return UNKNOWN_TAG(where=where, known=known)
    if body.startswith(("Invalid enum value", "Invalid value")):
        values = _choices().get(where.rpartition(".")[2], ())
        return NOT_ALLOWED(where=where, known=f": {' / '.join(values)}" if values else "")
    return OTHER(where=where)
