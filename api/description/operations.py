"""Open routes: whether the server lives and is ready, its figures, what a problem means. None holds anyone's data."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from litestar import Request, get
from litestar.response.base import ASGIResponse
from msgspec import Struct

from api.description import examples, requests, responses
from api.web import measuring, problems
from api.web.asking import API_VERSION, language_of
from api.web.house import House
from api.web.telling import JSON
from domain.errors import LedgerError
from domain.words import Phrase
from projections.wire import to_json

FIGURES = "text/plain"


class Alive(Struct, frozen=True):
    """The process answers."""

    status: Literal["live"]


class Readiness(Struct, frozen=True):
    """Whether questions can be answered now. `kept` is the position of the kept tables, `lag` how far that is behind.

    Both are null where kept tables are not followed.
    """

    status: Literal["ready", "stopping"]
    position: int
    kept: int | None
    lag: int | None


STOPPING = {"status": "stopping", "position": 812, "kept": 812, "lag": 0}


class Explanation(Struct, frozen=True):
    """What a kind of problem means."""

    type: str
    status: int
    title: str


class Open(NamedTuple):
    """An open route, for the OpenAPI document. `fails` are the problems that it can end in."""

    name: str
    about: Phrase
    tells: type
    fails: tuple[int, ...] = ()

    def described(self, path: str, refs: Mapping[Any, Any]) -> dict[str, Any]:
        """The route as OpenAPI has it: nobody has to sign in."""
        content: dict[str, Any] = {FIGURES: {"schema": {"type": "string"}}}
        if self.tells is not str:
            content = {JSON: {"schema": refs[self.tells], "example": examples.answer(self.name, JSON)}}
        answers: dict[str, Any] = {"200": {"description": self.about.en, "content": content}}
        if self.tells is Readiness:
            stopping = {"schema": refs[Readiness], "example": STOPPING}
            answers["503"] = {
                "description": "Stopping; or the store or the access log cannot be used just now",
                "content": {JSON: stopping, problems.MEDIA: responses.problems(503, refs)},
            }
        answers |= {str(status): responses.refusal(status) for status in (*self.fails, 500)}
        return {
            "operationId": self.name,
            "tags": ["server"],
            "summary": self.about.en,
            "description": f"{self.about.zh}。",
            "parameters": [requests.in_path(part[1:-1]) for part in path.split("/") if part.startswith("{")],
            "responses": dict(sorted(answers.items())),
            "security": [],
        }


LIVE = Open("live", Phrase("进程存活", "The process answers"), Alive)
READY = Open(
    "ready",
    Phrase(
        "可否答复:账本可读、查询日志可写、汇总表的进度", "The store can be read, the access log written; kept tables"
    ),
    Readiness,
)
METRICS = Open("metrics", Phrase("运行指标(Prometheus)", "Figures in the Prometheus text format"), str)
PROBLEM = Open("problem", Phrase("某类错误的含义", "What a kind of problem means"), Explanation, fails=(404,))


@get("/health/live", opt={"open": True, "about": LIVE})
async def live() -> ASGIResponse:
    """The process answers."""
    return ASGIResponse(body=b'{"status":"live"}', media_type=JSON, headers={"Cache-Control": "no-store"})


@get("/health/ready", opt={"open": True, "about": READY})
async def ready(request: Request[Any, Any, Any]) -> ASGIResponse:
    """The store can be read, the access log written; how far kept tables are behind."""
    house: House = request.app.state.house
    language = language_of(request.scope["query_string"], request.headers.get("accept-language", ""))
    try:
        position, kept = await house.beside(house.examined)
    except LedgerError as error:
        return problems.respond(error, language, "", {"API-Version": API_VERSION})
    lag = None if kept is None else position - kept
    told = Readiness("stopping" if house.stopping else "ready", position, kept, lag)
    status = 503 if house.stopping else 200
    return ASGIResponse(
        body=to_json(told, language), media_type=JSON, headers={"Cache-Control": "no-store"}, status_code=status
    )


@get("/metrics", opt={"open": True, "about": METRICS})
async def metrics(request: Request[Any, Any, Any]) -> ASGIResponse:
    """Figures in the Prometheus text format; positions are left as they were if the store cannot be read."""
    house: House = request.app.state.house
    with suppress(LedgerError):
        measuring.reached(await house.beside(house.ledger.recorder.max_notification_id), house.kept())
    return ASGIResponse(body=measuring.metrics(), media_type=f"{FIGURES}; version=0.0.4")


@get("/problems/{name:str}", opt={"open": True, "about": PROBLEM})
async def explanation(request: Request[Any, Any, Any]) -> ASGIResponse:
    """What a kind of problem means."""
    language = language_of(request.scope["query_string"], request.headers.get("accept-language", ""))
    kind = next((one for one in problems.all_kinds() if one.name == request.path_params["name"]), None)
    if kind is None:
        return problems.problem(problems.NO_ROUTE, "", language, "", {"API-Version": API_VERSION})
    told = Explanation(f"/problems/{kind.name}", kind.status, kind.title().say(language))
    return ASGIResponse(body=to_json(told, language), media_type=JSON, headers={"Content-Language": language})


OPEN = (live, ready, metrics, explanation)
