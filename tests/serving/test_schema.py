"""The OpenAPI document: valid, whole, and served beside a page that reads it without any other host."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import jsonschema_rs
import pytest
from litestar import Litestar
from schemathesis.specs.openapi.definitions import OPENAPI_31

from api.access.policy import PERMITTED
from api.description.document import path_of
from api.description.pages import ASSETS, KINDS, PAGE, routes_of
from api.web.asking import API_VERSION
from tests.web.window import Window


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            yield method, path, one


def found(document: Any, key: str) -> Iterator[Any]:
    """Every value of a key, wherever it stands."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == key:
                yield value
            yield from found(value, key)
    elif isinstance(document, list):
        for one in document:
            yield from found(one, key)


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    validator = jsonschema_rs.Draft202012Validator(OPENAPI_31)
    assert [error.message[:200] for error in validator.iter_errors(document)] == []


def test_every_schema_in_it_is_a_schema(document: Any) -> None:
    for name, one in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema", **one}), name


def test_whatever_it_refers_to_is_in_it(document: Any) -> None:
    for reference in found(document, "$ref"):
        place = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in place, reference
            place = place[part]


def test_every_route_is_in_it_but_for_those_that_show_it(window: Window, document: Any) -> None:
    app = window.client.app
    assert isinstance(app, Litestar)
    routes = {
        (method.lower(), path_of(path))
        for path, handler in routes_of(app)
        for method in handler.http_methods
        if method != "OPTIONS" and not path.startswith("/schema")
    }
    assert {(method, path) for method, path, _ in operations(document)} == routes


def test_every_operation_has_a_name_of_its_own_and_says_what_it_is(document: Any) -> None:
    told = [one for _, _, one in operations(document)]
    assert len({one["operationId"] for one in told}) == len(told)
    tags = {tag["name"] for tag in document["tags"]}
    for one in told:
        assert one["summary"]
        assert one["description"]
        assert set(one["tags"]) <= tags
    assert {tag for one in told for tag in one["tags"]} == tags
    assert all(tag["description"] for tag in document["tags"])


def test_every_parameter_and_every_header_says_what_it_is(document: Any) -> None:
    given = [one for lists in found(document, "parameters") if isinstance(lists, list) for one in lists]
    assert all(one.get("description") for one in given if "$ref" not in one)
    assert all(one["description"] for one in document["components"]["headers"].values())


def test_every_part_of_a_path_is_a_parameter(document: Any) -> None:
    for _, path, one in operations(document):
        told = {parameter["name"] for parameter in one["parameters"] if parameter.get("in") == "path"}
        assert told == set(re.findall(r"{(\w+)}", path))


def test_only_open_routes_need_no_token(document: Any) -> None:
    assert document["security"] == [{"bearer": []}]
    free = {path for _, path, one in operations(document) if one.get("security") == []}
    assert free == {"/health/live", "/health/ready", "/metrics", "/problems/{name}"}


def test_every_operation_names_the_roles_that_may_do_it(document: Any) -> None:
    said = {one["operationId"]: one["description"] for _, _, one in operations(document)}
    for action, roles in PERMITTED.items():
        if action in said:
            assert f"Roles: {', '.join(roles)}." in said[action]


def test_every_struct_is_described_by_its_docstring(document: Any) -> None:
    assert [name for name, one in document["components"]["schemas"].items() if not one.get("description")] == []


def test_a_body_takes_nothing_that_it_does_not_name(document: Any) -> None:
    for _, _, one in operations(document):
        for content in one.get("requestBody", {}).get("content", {}).values():
            name = content["schema"]["$ref"].rpartition("/")[2]
            assert document["components"]["schemas"][name]["additionalProperties"] is False


def test_facts_to_record_are_described_to_their_last_field(document: Any) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Recording"]["properties"]["facts"]["items"] == {"$ref": "#/components/schemas/FactToRecord"}
    kinds = {one["$ref"].rpartition("/")[2] for one in schemas["FactToRecord"]["properties"]["fact"]["anyOf"]}
    assert {"Registered", "Hired", "Trained", "AppointedOut"} <= kinds
    assert not {"Corrected", "Voided"} & kinds


def test_the_document_is_of_the_version_that_answers_say(window: Window, document: Any) -> None:
    response = window.client.get("/schema/openapi.json")
    assert response.headers["api-version"] == document["info"]["version"] == API_VERSION
    assert response.headers["content-type"] == "application/json"


# The page that shows it


class Loaded(HTMLParser):
    """What a browser would load for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in {"src", "href", "data", "action"} and value]
        self.inline += [name for name, _ in attrs if name.startswith("on") or name == "style"]


@pytest.fixture(scope="module")
def page() -> Loaded:
    read = Loaded()
    read.feed(PAGE.decode())
    return read


def test_the_page_loads_nothing_from_another_host(page: Loaded) -> None:
    own = [address for address in page.addresses if re.match(r"/[^/]", address)]
    assert [address for address in page.addresses if address not in own] == ["data:,"]
    assert {address.rpartition("/")[2] for address in own} == set(KINDS)
    assert page.inline == []


def test_its_styles_load_nothing_from_another_host() -> None:
    styles = (ASSETS / "swagger-ui.css").read_text()
    assert {address[:5] for address in re.findall(r"url\(\s*['\"]?([^)'\"]+)", styles)} <= {"data:"}
    assert "@import" not in styles


def test_its_scripts_ask_for_no_map_and_no_validator() -> None:
    for name in KINDS:
        assert b"sourceMappingURL" not in (ASSETS / name).read_bytes()
    assert "validatorUrl: null" in (ASSETS / "start.js").read_text()
    assert "//" not in re.sub(r"//.*", "", (ASSETS / "start.js").read_text())


def test_its_policy_keeps_the_browser_from_other_hosts(window: Window) -> None:
    response = window.client.get("/schema")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert set(" ".join(policy.values()).split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert "unsafe" not in policy["script-src"]


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_the_page_is_sent_once(name: str, window: Window) -> None:
    first = window.client.get(f"/schema/assets/{name}")
    again = window.client.get(f"/schema/assets/{name}", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, first.content) == (200, (ASSETS / name).read_bytes())
    assert first.headers["content-type"] == f"{KINDS[name]}; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["swagger-ui.LICENSE", "..", "%2e%2e%2fdescribing.py", "..%2f..%2fapp.py", "nothing"])
def test_no_other_file_is_sent(name: str, window: Window) -> None:
    response = window.client.get(f"/schema/assets/{name}")
    assert response.status_code == 404 or response.url.path == "/schema"


@pytest.mark.parametrize(
    ("path", "kind"), [("/schema", "text/html"), ("/metrics", "text/plain; version=0.0.4"), ("/feed", "")]
)
def test_a_text_says_once_how_it_is_written(path: str, kind: str, window: Window) -> None:
    response = window.as_("auditor").get(path)
    if kind:
        assert response.headers["content-type"] == f"{kind}; charset=utf-8"
    assert response.headers["content-type"].count("charset") <= 1
