"""No token, no data: what is refused at the door of every route, and what stands open."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from api.access.issuing import SigningKey
from tests.access.minting import encoded, with_hmac
from tests.given import hired
from tests.web.routes import OPEN, ROUTES, Route, known
from tests.web.town import person
from tests.web.window import SIGNING, Window

OTHER_KEY = SigningKey.from_seed(b"a seed that the server knows not")


def claims_of(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def unsigned(window: Window) -> str:
    claims = claims_of(window.token("auditor"))
    return f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}."


def of_another_key(window: Window) -> str:
    return OTHER_KEY.sign(claims_of(window.token("auditor")))


def signed_with_the_public_key(window: Window) -> str:
    jwk = SIGNING.public_jwk()
    return with_hmac(base64.urlsafe_b64decode(jwk["x"] + "="), kid=jwk["kid"])


def altered(window: Window) -> str:
    head, _, signature = window.token("department").split(".")
    return f"{head}.{encoded({**claims_of(window.token('auditor'))})}.{signature}"


def expired(window: Window) -> str:
    return window.token("auditor", hours=0)


def of_tomorrow(window: Window) -> str:
    claims = claims_of(window.token("auditor"))
    return SIGNING.sign({**claims, "nbf": claims["exp"] - 60})


FORGERIES: dict[str, Callable[[Window], str]] = {
    "garbage": lambda window: "garbage",
    "three dots": lambda window: "...",
    "not signed": unsigned,
    "of another key": of_another_key,
    "HS256 with the public key": signed_with_the_public_key,
    "altered": altered,
    "expired": expired,
    "not yet good": of_tomorrow,
    "too long": lambda window: "a" * 9000,
    "without a role": lambda window: SIGNING.sign({**claims_of(window.token("auditor")), "roles": ["king"]}),
    "for something else": lambda window: SIGNING.sign({**claims_of(window.token("auditor")), "aud": "payroll"}),
}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_without_a_good_token_every_route_answers_401_whoever_it_is_about(route: Route, town: Window) -> None:
    said = {"purpose": "接收调动", "case_number": "NJ-2026-012"}
    for name, forge in FORGERIES.items():
        token = forge(town)
        told = {known(route.ask(town.nobody(token), town.career(key), **said)) for key in ("here", "whom nobody knows")}
        ((status, body, headers),) = told
        assert status == 401, name
        assert dict(headers)["www-authenticate"] == 'Bearer realm="career-ledger", error="invalid_token"'
        assert dict(headers)["cache-control"] == "no-store"
        assert token.encode() not in body


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_without_any_token_a_route_says_how_to_bring_one_and_no_error(route: Route, town: Window) -> None:
    token = town.token("auditor")
    for headers in ({}, {"authorization": f"Basic {token}"}, {"authorization": token}, {"authorization": "Bearer "}):
        response = route.ask(town.nobody(), town.career("here"), headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="career-ledger"'
        assert response.headers["content-type"] == "application/problem+json"


def test_a_token_in_the_query_is_no_token(town: Window) -> None:
    response = town.nobody().get("/careers", access_token=town.token("auditor"))
    assert response.status_code == 401


def test_who_shows_no_token_is_not_in_the_access_log(town: Window) -> None:
    before = len(town.log())
    for route in ROUTES:
        route.ask(town.nobody(), town.career("here"))
    assert len(town.log()) == before


def test_a_token_is_good_up_to_the_second_before_its_expiry(window: Window) -> None:
    caller = window.as_("auditor")
    assert caller.get("/careers").status_code == 200
    window.clock.now = window.clock.now.fromtimestamp(claims_of(caller.token or "")["exp"], tz=window.clock.now.tzinfo)
    response = caller.get("/careers")
    assert (response.status_code, response.json()["type"]) == (401, "/problems/token-expired")


def test_of_two_tokens_of_one_key_each_speaks_for_its_own(town: Window) -> None:
    own, other = town.worker("here"), town.worker("far away")
    for _ in range(2):
        assert own.get(f"/careers/{town.career('here')}").status_code == 200
        assert other.get(f"/careers/{town.career('here')}").status_code == 404


def test_open_routes_hold_nobodys_data(window: Window) -> None:
    somebody = person("欧阳其木格", "1977-07-07")  # Nobody of the town, which the examples of the schema are about.
    window.record("a key of somebody", somebody, hired("2018-03-01"))
    career, token = str(window.career("a key of somebody")), window.token("auditor", name="who asks")
    for route in ROUTES:
        route.ask(window.as_("auditor", name="who asks"), career)
    for path in OPEN.values():
        for headers in ({}, {"authorization": f"Bearer {token}"}):
            response = window.client.get(path, headers=headers)
            assert response.status_code == 200, path
            for secret in (somebody.name, somebody.identity, "a key of somebody", career, token, "who asks"):
                assert secret not in response.text, path
