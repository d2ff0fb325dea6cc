"""The body of a request: read within bounds of size and time, and understood as the JSON that a route takes."""

from asyncio import timeout
from typing import Any

import msgspec
from litestar import Request

from api.web.errors import BodyTooLargeError, BodyTooSlowError, MediaTypeError, UnreadableBodyError
from api.web.operation import Operation
from domain.malformed import explain
from domain.words import Phrase

SECONDS = 15.0
"""How long a body may take to arrive."""

TOO_LARGE = Phrase("正文超过 {most} 字节", "the body has more than {most} bytes")
TOO_SLOW = Phrase("正文未在 {seconds} 秒内到齐", "the body did not arrive within {seconds} seconds")
NOT_JSON = Phrase("正文应为 JSON(Content-Type: application/json)", "send JSON (Content-Type: application/json)")
NOTHING = Phrase("缺少正文", "there is no body")


async def read(request: Request[Any, Any, Any], operation: Operation) -> tuple[bytes, Any]:
    """The body, and what it says as the type that the operation takes.

    Raises a `RequestError`; nothing of the body is repeated.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise MediaTypeError(NOT_JSON())
    raw = await _raw(request, operation.largest)
    if not raw.strip():
        raise UnreadableBodyError(NOTHING())
    try:
        return raw, msgspec.json.decode(raw, type=operation.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError) as error:
        raise UnreadableBodyError(explain(error, _names(operation.body))) from None


async def _raw(request: Request[Any, Any, Any], most: int) -> bytes:
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > most:
        raise BodyTooLargeError(TOO_LARGE(most=most))
    parts, size = [], 0
    try:
        async with timeout(SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise BodyTooLargeError(TOO_LARGE(most=most))
                parts.append(part)
    except TimeoutError:
        raise BodyTooSlowError(TOO_SLOW(seconds=round(SECONDS))) from None
    return b"".join(parts)


def _names(kind: Any) -> frozenset[str]:
    """The keys that a body can have: what else stands as one is not repeated."""
    return frozenset(getattr(kind, "__struct_fields__", ()))
