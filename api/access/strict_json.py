"""JSON of which there is one reading only: what two programs could read differently is refused."""

import json
from collections.abc import Sequence
from typing import Any, NoReturn


def read_object(text: bytes) -> dict[str, Any]:
    """One JSON object in UTF-8. Raises `ValueError` if it is none, names anything twice, or has NaN or Infinity."""
    try:
        read = json.loads(text.decode(), object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name is given twice")
    return made


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")
