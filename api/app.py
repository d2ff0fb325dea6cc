"""The application: every route through the gate, but for the open ones."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.response_cache import ResponseCacheConfig
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException

from api.description.operations import OPEN
from api.description.pages import DESCRIBING
from api.readers.access_log import AccessLogs, WhoLooked
from api.readers.auditors import Auditors, Audits
from api.readers.careers import Careers
from api.readers.clerks import Clerks
from api.readers.corrections import Corrections, PendingCorrections
from api.readers.departments import Departments
from api.readers.feed import Feed
from api.readers.inspectors import Inspectors
from api.readers.registry import Registry
from api.readers.transfer_desks import TransferDesks
from api.web import measuring, problems
from api.web.asking import API_VERSION, language_of
from api.web.gate import Gate
from api.web.house import House

READERS = (
    Registry, Careers, WhoLooked, TransferDesks, Clerks, Corrections, PendingCorrections, Departments, Inspectors,
    Auditors, Audits, AccessLogs, Feed,
)  # fmt: skip


def application(house: House) -> Litestar:
    """The application of a house."""
    app = Litestar(
        route_handlers=[*READERS, *OPEN, *DESCRIBING],
        exception_handlers={HTTPException: refused, Exception: failed},
        openapi_config=None,
        logging_config=None,
        response_cache_config=ResponseCacheConfig(default_expiration=0),
        request_max_body_size=None,
        on_startup=[house.begin],
    )
    app.state.house = house
    app.state.gate = Gate(house)
    return app


def refused(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the frame refuses before a request gets to the gate: no such route, no such method."""
    headers = {"API-Version": API_VERSION}
    if isinstance(error, MethodNotAllowedException):
        kind = problems.NO_METHOD
        headers |= {name: str(value) for name, value in (error.headers or {}).items()}
    elif isinstance(error, NotFoundException):
        kind = problems.NO_ROUTE
    elif error.status_code < 500:
        kind = problems.UNREADABLE
    else:
        return failed(request, error)
    return _response(kind, request, headers)


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """An error of ours: logged by its kind and place, told without a word of it."""
    measuring.failed(error, "")
    return _response(problems.FAILED, request, {"API-Version": API_VERSION})


def _response(kind: problems.Kind, request: Request[Any, Any, Any], headers: dict[str, str]) -> Response[bytes]:
    language = language_of(request.scope["query_string"], request.headers.get("accept-language", ""))
    body, headers = problems.details(kind, "", language, "", headers)
    return Response(body, status_code=kind.status, headers=headers, media_type=problems.MEDIA)
