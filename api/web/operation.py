"""What a route takes and tells: one declaration for the gate, the schema and the access log."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from litestar import Request
from litestar.handlers import HTTPRouteHandler, get, post
from litestar.response.base import ASGIResponse

from api.access.policy import Action
from api.web.parameters import HOUSE, Parameter
from domain.words import Phrase

if TYPE_CHECKING:
    from api.web.asking import Asking
    from api.web.gate import Gate
    from api.web.telling import Later, Told

Method = Literal["GET", "POST"]
_HANDLERS = {"GET": get, "POST": post}

LARGEST_BODY = 262_144
"""Bytes of a body, unless an operation says otherwise: a fact that a person writes is a thousandth of it."""


class Operation:
    """One thing that can be asked for over HTTP.

    `name` is its operationId. `tells` is the type of the answer, of which the schema is made; `media` are the kinds in
    which it comes, the usual one first. `lasting` is what may take longer than a moment and is done beside the others.
    `records` stores something; `keyed`, under an `Idempotency-Key`; `waits` for the store all the time, in a thread.
    """

    def __init__(  # noqa: PLR0913 - a declaration names its parts
        self,
        action: Action,
        about: Phrase,
        *,
        tells: Any,
        takes: Sequence[Parameter] = HOUSE,
        body: Any = None,
        name: str = "",
        status: int = 200,
        media: Sequence[str] = ("application/json",),
        lasting: bool = False,
        records: bool = False,
        keyed: bool = False,
        waits: bool = False,
        matches: bool = False,
        tagged: bool = True,
        problems: Sequence[int] = (),
        largest: int = LARGEST_BODY,
    ) -> None:
        self.action, self.about, self.tells, self.body = action, about, tells, body
        self.name = name or action
        self.takes = {parameter.name: parameter for parameter in takes}
        self.status, self.media, self.lasting = status, tuple(media), lasting
        self.records, self.keyed, self.waits = records, keyed, waits
        self.matches, self.tagged = matches, tagged
        self.problems, self.largest = tuple(problems), largest

    @property
    def previews(self) -> bool:
        """Whether it can tell what would happen, without doing it."""
        return "dry_run" in self.takes

    @property
    def knows_when(self) -> bool:
        """Whether it can be asked as known at another moment."""
        return "known_at" in self.takes


Answer = Callable[[Any, "Asking"], "Told | Later"]


def route(method: Method, path: str, operation: Operation) -> Callable[[Answer], HTTPRouteHandler]:
    """A route that is reached through the gate alone: what is decorated gets a request that was understood."""

    def gated(answer: Answer) -> HTTPRouteHandler:
        async def handler(self: Any, request: Request[Any, Any, Any]) -> ASGIResponse:
            gate: Gate = request.app.state.gate
            return await gate.passed(request, operation, lambda asking: answer(self, asking))

        handler.__name__ = operation.name
        handler.__doc__ = answer.__doc__
        made = _HANDLERS[method](path, opt={"operation": operation}, status_code=operation.status)(handler)
        return cast(HTTPRouteHandler, made)

    return gated
