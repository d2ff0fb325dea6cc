"""The API's own description: the OpenAPI document, and Swagger UI to read it, from files of our own."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from api.description import document
from api.web import problems
from api.web.asking import API_VERSION

ASSETS = Path(__file__).parent / "assets"
"""Swagger UI 5.35.0 (Apache-2.0; `swagger-ui-dist` of npm, without its source map's address), and what starts it."""

KINDS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "start.js": "text/javascript",
}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
"""Nothing comes from another host. Swagger UI sets styles of its elements inline."""

PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Career Ledger \xe5\xb1\xa5\xe5\x8e\x86\xe8\xb4\xa6\xe6\x9c\xac API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/schema/assets/swagger-ui.css">
<script src="/schema/assets/swagger-ui-bundle.js" defer></script>
<script src="/schema/assets/start.js" defer></script>
</head>
<body><div id="api"></div></body>
</html>
"""


@get("/schema", opt={"open": True})
async def page() -> ASGIResponse:
    """Swagger UI."""
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    return ASGIResponse(body=PAGE, media_type="text/html", headers=headers)


@get("/schema/openapi.json", opt={"open": True})
async def openapi(request: Request[Any, Any, Any]) -> ASGIResponse:
    """The OpenAPI document."""
    state = request.app.state
    if "openapi" not in state:
        state.openapi = msgspec.json.format(msgspec.json.encode(document.document(routes_of(request.app))), indent=1)
    return ASGIResponse(body=state.openapi, media_type="application/json", headers={"API-Version": API_VERSION})


@get("/schema/assets/{name:str}", opt={"open": True})
async def asset(request: Request[Any, Any, Any]) -> ASGIResponse:
    """A file of Swagger UI."""
    name = request.path_params["name"]
    if name not in KINDS:
        return problems.problem(problems.NO_ROUTE, "", "en", "", {"API-Version": API_VERSION})
    content, tag = _asset(name)
    headers = {"ETag": tag, "Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return ASGIResponse(status_code=304, headers=headers)
    return ASGIResponse(body=content, media_type=KINDS[name], headers=headers)


@cache
def _asset(name: str) -> tuple[bytes, str]:
    content = (ASSETS / name).read_bytes()
    return content, f'"{sha256(content).hexdigest()[:16]}"'


def routes_of(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    """All handlers of an application, each with the whole path at which it is reached; in the order of the paths."""
    found = [(route.path, handler) for route in app.routes for handler in getattr(route, "route_handlers", ())]
    return sorted(found, key=lambda one: (one[0], sorted(one[1].http_methods)))


DESCRIBING = (page, openapi, asset)
