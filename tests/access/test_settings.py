"""Where the keys of a server come from, as the environment says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.access.errors import BadKeysError, BadTokenError, KeysUnavailableError
from api.access.issuing import Grant, issue
from api.access.keys import GLANCE
from api.access.subject import Subject
from domain.errors import LedgerError, QuestionError
from scripts.settings import Settings, now
from tests.access.minting import AUDIENCE, ISSUER, NOW, STREET, claims, jwk, token
from tests.access.provider import provider
from tests.running import Bench

Told = Callable[..., None]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Sets what the environment says of tokens; nothing at first."""

    def tell(**variables: str | None) -> None:
        for name in ("JWKS", "ISSUER", "AUDIENCE", "SIGNING_KEY"):
            monkeypatch.delenv(f"CAREER_LEDGER_{name}", raising=False)
        for name, value in variables.items():
            if value is not None:
                monkeypatch.setenv(f"CAREER_LEDGER_{name}", value)

    tell()
    return tell


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(f"sqlite:///{tmp_path / 'ledger.db'}")


def own(settings: Settings, issued: int) -> str:
    """A token of the ledger's own."""
    grant = Grant(name="clerk", roles=("clerk",), jurisdiction=STREET, token="t", issued=issued, expires=issued + 3600)
    return issue(settings.signing_key(), grant)[0]


def moment() -> float:
    """The server's clock, which `Settings` reads too."""
    return now().timestamp()


def test_a_ledger_that_is_told_nothing_takes_its_own_tokens_only(bench: Bench, settings: Settings) -> None:
    one = settings.verifier(bench.ledger)
    assert isinstance(one.verify(own(settings, int(moment())), moment()), Subject)
    with pytest.raises(BadTokenError):
        one.verify(token(), NOW)


def test_tokens_of_a_removed_key_are_refused_by_a_running_server_once_there_is_a_new_one(
    bench: Bench, settings: Settings, tmp_path: Path
) -> None:
    one, made = settings.verifier(bench.ledger), own(settings, int(moment()))
    assert one.verify(made, moment())
    (tmp_path / "ledger.db.signing-key").unlink()
    another = own(settings, int(moment()))
    with pytest.raises(BadTokenError):
        one.verify(made, moment() + GLANCE)
    assert one.verify(another, moment() + GLANCE)


def test_a_ledger_in_memory_has_a_key_for_as_long_as_the_process_runs(bench: Bench) -> None:
    memory = Settings("sqlite:///:memory:")
    assert memory.verifier(bench.ledger).verify(own(memory, int(moment())), moment())


def test_with_an_identity_provider_only_its_tokens_are_taken(
    bench: Bench, settings: Settings, told: Told, tmp_path: Path
) -> None:
    mine = own(settings, int(moment()))
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [jwk("RS256")]}))
    told(JWKS=str(tmp_path / "keys.json"), ISSUER=ISSUER, AUDIENCE=AUDIENCE)
    one = settings.verifier(bench.ledger)
    assert one.verify(token(kind="RS256"), NOW).name == "clerk-150102001"
    with pytest.raises(BadTokenError):
        one.verify(mine, moment())
    with pytest.raises(BadTokenError):
        one.verify(token(claims(iss="career-ledger"), kind="RS256"), NOW)


def test_a_workers_token_leads_to_the_career_in_this_ledger(
    bench: Bench, settings: Settings, told: Told, tmp_path: Path
) -> None:
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [jwk("EdDSA")]}))
    told(JWKS=str(tmp_path / "keys.json"), ISSUER=ISSUER, AUDIENCE=AUDIENCE)
    made = token(claims(roles=["worker"], worker="A-0417"))
    assert settings.verifier(bench.ledger).verify(made, NOW).career == bench.ledger.career_of("A-0417")


def test_the_keys_can_be_at_an_address(bench: Bench, settings: Settings, told: Told) -> None:
    with provider(json.dumps({"keys": [jwk("EdDSA")]}).encode()) as one:
        told(JWKS=one.url, ISSUER=ISSUER, AUDIENCE=AUDIENCE)
        taking = settings.verifier(bench.ledger)
        assert one.asked == 1
        assert taking.verify(token(claims(exp=moment() + 60, iat=None)), moment())


def test_a_server_begins_while_the_identity_provider_is_away(bench: Bench, settings: Settings, told: Told) -> None:
    with provider(b"") as one:
        pass
    told(JWKS=one.url, ISSUER=ISSUER, AUDIENCE=AUDIENCE)
    taking = settings.verifier(bench.ledger)
    with pytest.raises(KeysUnavailableError):
        taking.verify(token(), moment())


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"JWKS": "keys.json"}, QuestionError),
        ({"JWKS": "keys.json", "ISSUER": ISSUER}, QuestionError),
        ({"JWKS": "keys.json", "AUDIENCE": AUDIENCE}, QuestionError),
        ({"JWKS": "keys.json", "ISSUER": "", "AUDIENCE": AUDIENCE}, QuestionError),
        ({"ISSUER": ISSUER, "AUDIENCE": AUDIENCE}, QuestionError),
        ({"ISSUER": ISSUER}, QuestionError),
        ({"JWKS": "/nowhere/keys.json", "ISSUER": ISSUER, "AUDIENCE": AUDIENCE}, BadKeysError),
        ({"JWKS": "http://login.example.org/", "ISSUER": ISSUER, "AUDIENCE": AUDIENCE}, BadKeysError),
        ({"JWKS": "file:///etc/keys.json", "ISSUER": ISSUER, "AUDIENCE": AUDIENCE}, BadKeysError),
    ],
)
def test_half_of_an_identity_provider_is_refused_at_once(
    bench: Bench, settings: Settings, told: Told, variables: dict[str, str], kind: type[LedgerError]
) -> None:
    told(**variables)
    with pytest.raises(kind):
        settings.verifier(bench.ledger)
    assert not Path(settings.database.removeprefix("sqlite:///") + ".signing-key").exists()
