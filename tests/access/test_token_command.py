"""The command `token`, as a person types it."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from api.access.subject import Subject
from scripts.settings import Settings
from tests.access.minting import jwk
from tests.ledger.saying import SOMEBODY, hired, line
from tests.running import NOW, Office, Said, open_ledger, url_of

STREET = "150102001"
VARIABLES = ("CAREER_LEDGER_JWKS", "CAREER_LEDGER_ISSUER", "CAREER_LEDGER_AUDIENCE", "CAREER_LEDGER_SIGNING_KEY")


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def filled(office: Office) -> Office:
    assert office.run("import", office.file([line(hired(), SOMEBODY)])).status == 0
    return office


def key_file(office: Office) -> Path:
    return office.database.with_name(office.database.name + ".signing-key")


def clerk(office: Office, *more: str) -> Said:
    return office.run("token", "--role", "clerk", "--subject", "经办人甲", "--jurisdiction", STREET, *more)


def taken(office: Office, token: str) -> Subject:
    """Whom a server on this ledger takes it for."""
    settings = Settings(url_of(office.database))
    with closing(settings.open()) as ledger:
        return settings.verifier(ledger).verify(token.strip(), NOW.timestamp())


def test_a_token_stands_alone_on_stdout_and_for_whom_on_stderr(filled: Office) -> None:
    told = clerk(filled, "--role", "approver", "--lang", "en")
    assert told.status == 0
    assert told.out.count("\n") == 1
    assert told.err == "token issued for 经办人甲: approver, clerk; good until 2026-11-25 04:00:00\n"
    subject = taken(filled, told.out)
    assert (subject.name, subject.roles, subject.jurisdiction) == ("经办人甲", {"clerk", "approver"}, STREET)
    assert subject.expires == int(NOW.timestamp()) + 12 * 3600


def test_a_token_is_good_for_as_many_hours_as_are_asked_for_and_a_month_at_most(filled: Office) -> None:
    assert taken(filled, clerk(filled, "--hours", "744").out).expires == int(NOW.timestamp()) + 31 * 86_400
    for hours in ("0", "745", "-1", "1.5"):
        assert clerk(filled, "--hours", hours).status == 2


def test_every_token_is_told_apart(filled: Office) -> None:
    assert len({taken(filled, clerk(filled).out).token for _ in range(5)}) == 5


def test_a_worker_is_named_by_the_offices_key_which_is_said_nowhere(filled: Office) -> None:
    told = filled.run("token", "--role", "worker", "--subject", "mine", "--worker", SOMEBODY)
    assert told.status == 0
    with closing(Settings(url_of(filled.database)).open()) as ledger:
        career = ledger.career_of(SOMEBODY)
    assert taken(filled, told.out).career == career
    assert SOMEBODY not in told.err
    assert str(career) not in told.err
    again = filled.run("token", "--role", "worker", "--subject", "mine", "--worker", str(career))
    assert taken(filled, again.out).career == career


def test_a_token_can_be_issued_while_a_server_holds_the_ledger(filled: Office) -> None:
    with closing(open_ledger(filled.database.with_name("other.db"))):
        pass
    settings = Settings(url_of(filled.database))
    with closing(settings.open(writing=True)) as ledger, ledger.appending():
        assert clerk(filled).status == 0
        assert filled.run("token", "--role", "worker", "--subject", "mine", "--worker", SOMEBODY).status == 0


def test_no_ledger_is_needed_where_no_key_of_a_person_is_told(office: Office) -> None:
    assert clerk(office).status == 0
    whose = ("--worker", "0192f0c1-2b1a-8c3d-9e4f-5a6b7c8d9e0f")
    assert office.run("token", "--role", "worker", "--subject", "mine", *whose).status == 0
    assert not office.database.exists()
    assert office.run("token", "--role", "worker", "--subject", "mine", "--worker", SOMEBODY).status == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--role", "clerk"), 2),
        (("--subject", "a", "--jurisdiction", STREET), 2),
        (("--role", "chief", "--subject", "a", "--jurisdiction", STREET), 2),
        (("--role", "clerk", "--subject", "a"), 1),
        (("--role", "clerk", "--subject", "a", "--jurisdiction", "99"), 1),
        (("--role", "clerk", "--subject", "", "--jurisdiction", STREET), 1),
        (("--role", "worker", "--subject", "a"), 1),
        (("--role", "worker", "--subject", "a", "--worker", " "), 2),
        (("--role", "clerk", "--subject", "a", "--jurisdiction", STREET, "--worker", SOMEBODY), 2),
    ],
)
def test_what_would_not_be_taken_is_refused(filled: Office, words: tuple[str, ...], status: int) -> None:
    told = filled.run("token", *words)
    assert told.status == status
    assert told.out == ""
    assert told.err
    assert SOMEBODY not in told.err


def test_the_public_key_is_printed_for_other_systems(filled: Office) -> None:
    told = filled.run("token", "--public")
    assert (told.status, told.err) == (0, "")
    published = json.loads(told.out)
    assert [one["kty"] for one in published["keys"]] == ["OKP"]
    assert "d" not in published["keys"][0]
    assert filled.run("token", "--public").out == told.out


def test_the_key_is_made_once_for_its_owner_only(filled: Office) -> None:
    assert not key_file(filled).exists()
    first = clerk(filled).out
    assert key_file(filled).stat().st_mode & 0o777 == 0o600
    made = key_file(filled).read_bytes()
    clerk(filled)
    assert key_file(filled).read_bytes() == made
    assert taken(filled, first)
    assert [one.name for one in filled.folder.iterdir() if one.name.startswith(key_file(filled).name)] == [
        key_file(filled).name
    ]


def test_programs_that_begin_at_once_make_one_key(office: Office) -> None:
    settings = Settings(url_of(office.database))
    with ThreadPoolExecutor(16) as many:
        made = {one.kid for one in many.map(lambda _: settings.signing_key(), range(64))}
    assert len(made) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_key_that_others_can_use_is_refused(filled: Office, mode: int) -> None:
    clerk(filled)
    key_file(filled).chmod(mode)
    told = clerk(filled, "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert "chmod 600" in told.err


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_key_that_is_not_whole_is_refused_and_stays_as_it_is(filled: Office, content: bytes) -> None:
    key_file(filled).write_bytes(content)
    key_file(filled).chmod(0o600)
    told = clerk(filled, "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert "Ed25519" in told.err
    assert key_file(filled).read_bytes() == content


def test_a_key_that_cannot_be_read_or_made_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file(office).mkdir(mode=0o700)
    assert "signing-key" in clerk(office, "--lang", "en").err
    monkeypatch.setenv("CAREER_LEDGER_SIGNING_KEY", str(office.folder / "nowhere" / "key.pem"))
    told = clerk(office, "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert "folder" in told.err


def test_the_key_can_be_kept_elsewhere(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREER_LEDGER_SIGNING_KEY", str(office.folder / "signing.pem"))
    assert clerk(office).status == 0
    assert (office.folder / "signing.pem").stat().st_mode & 0o777 == 0o600
    assert not key_file(office).exists()


@pytest.mark.stores("postgres")
def test_a_ledger_on_a_server_needs_to_be_told_where_its_key_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = clerk(office, "--lang", "en")
    assert (told.status, told.out) == (1, "")
    assert "CAREER_LEDGER_SIGNING_KEY" in told.err
    assert office.run("import", office.file([line(hired(), SOMEBODY)])).status == 0
    monkeypatch.setenv("CAREER_LEDGER_SIGNING_KEY", str(office.folder / "signing.pem"))
    mine = office.run("token", "--role", "worker", "--subject", "mine", "--worker", SOMEBODY)
    assert taken(office, mine.out).roles == {"worker"}


def test_no_token_is_issued_beside_an_identity_provider(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    published = office.folder / "keys.json"
    published.write_text(json.dumps({"keys": [jwk("EdDSA")]}))
    monkeypatch.setenv("CAREER_LEDGER_JWKS", str(published))
    for words in (("--public",), ("--role", "clerk", "--subject", "a", "--jurisdiction", STREET)):
        told = office.run("token", *words)
        assert (told.status, told.out) == (1, "")
        assert "CAREER_LEDGER_JWKS" in told.err
    assert not key_file(office).exists()
