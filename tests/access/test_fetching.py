"""One key set over HTTP: from where it may come, and what a provider that misbehaves can do."""

import json
import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import SSLContext
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from api.access.errors import BadKeysError, KeysUnavailableError
from api.access.fetched import PAUSE, FetchedKeys
from api.access.fetching import fetch, read_address
from api.access.jwks import LARGEST
from tests.access.minting import NOW, jwk, key, token, verifier
from tests.access.provider import Provider, provider

DOCUMENT = json.dumps({"keys": [jwk("EdDSA")]}).encode()


def cause(one: Provider, limit: float = 5.0) -> str:
    """Why nothing was fetched."""
    with pytest.raises(KeysUnavailableError) as caught:
        fetch(read_address(one.url), limit)
    return caught.value.say("en")


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "secure"),
    [
        ("https://login.example.org/keys", "login.example.org", None, "/keys", True),
        ("https://login.example.org:8443/a/b?c=d", "login.example.org", 8443, "/a/b?c=d", True),
        ("https://[2001:db8::1]/keys", "2001:db8::1", None, "/keys", True),
        ("https://login.example.org", "login.example.org", None, "/", True),
        ("http://127.0.0.1:8080/keys", "127.0.0.1", 8080, "/keys", False),
        ("http://[::1]/keys", "::1", None, "/keys", False),
        ("http://localhost/keys", "localhost", None, "/keys", False),
    ],
)
def test_an_address_is_secure_or_on_this_machine(
    url: str, host: str, port: int | None, target: str, secure: bool
) -> None:
    assert tuple(read_address(url)) == (host, port, target, secure)


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example.org/keys",
        "http://10.0.0.1/keys",
        "http://127.0.0.1.example.org/keys",
        "http://localhost.example.org/keys",
        "http://0.0.0.0/keys",
        "https://",
        "https:///keys",
        "https://user:word@login.example.org/keys",
        "https://@login.example.org/keys",
        "https://login.example.org/keys#part",
        "https://login.example.org:port/keys",
        "https://login.example.org/ke ys\r\nX: y",
        "https://登录.example.org/keys",
        "ftp://127.0.0.1/keys",
        "file:///etc/keys.json",
        "://",
        "https://[::1/keys",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(BadKeysError, match="https://"):
        read_address(url)


def test_the_document_is_fetched_as_it_is() -> None:
    with provider(DOCUMENT) as one:
        assert fetch(read_address(one.url)) == DOCUMENT


@pytest.mark.parametrize("status", [204, 302, 401, 404, 500])
def test_any_answer_but_200_is_none(status: int) -> None:
    with provider(DOCUMENT) as other, provider(DOCUMENT) as one:
        one.status, one.headers = status, {"Location": other.url}
        assert str(status) in cause(one)
        assert other.asked == 0


def test_a_document_that_does_not_end_is_read_to_the_limit_only() -> None:
    with provider(b" " * (LARGEST * 4)) as one:
        assert len(fetch(read_address(one.url))) == LARGEST + 1


def test_a_document_that_trickles_is_cut_off() -> None:
    with provider(DOCUMENT) as one:
        one.pace = 0.05
        assert "0.3 seconds" in cause(one, limit=0.3)
        assert one.sent < len(DOCUMENT)


def test_a_provider_that_accepts_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, provider(DOCUMENT) as one:
        one.url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "does not answer" in cause(one, limit=0.2)


def test_a_provider_that_is_not_there_is_told() -> None:
    with provider(DOCUMENT) as one:
        pass
    assert "ConnectionRefusedError" in cause(one)


def test_what_is_not_http_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as strange, provider(DOCUMENT) as one:
        one.url = f"http://127.0.0.1:{strange.getsockname()[1]}/"
        strange.settimeout(5)

        def answer() -> None:
            with strange.accept()[0] as connected:
                connected.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        talking = Thread(target=answer)
        talking.start()
        assert "BadStatusLine" in cause(one)
        talking.join()


def test_a_rotated_key_is_fetched_from_the_provider_and_its_tokens_taken() -> None:
    with provider(DOCUMENT) as one:
        address = read_address(one.url)
        keys = FetchedKeys(lambda: fetch(address), lambda work: work())
        keys.load(NOW)
        taking = verifier(keys=keys)
        assert taking.verify(token(), NOW)
        one.document = json.dumps({"keys": [jwk("ES256")]}).encode()
        assert taking.verify(token(kind="ES256"), NOW + PAUSE)
        one.status = 503
        assert taking.verify(token(kind="ES256"), NOW + 3599)
        assert one.asked == 3


@pytest.fixture
def secured(tmp_path: Path) -> SSLContext:
    """A server of this machine with a certificate of its own, in `certificate.pem`."""
    signing, name = key("ES256"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, signing.public_key(), 1, today - timedelta(1), today + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(signing, SHA256())
    )
    (tmp_path / "certificate.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        signing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    context = SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(secured: SSLContext) -> None:
    with provider(DOCUMENT, secured) as one:
        assert "SSLCertVerificationError" in cause(one)
        assert one.asked == 0


def test_the_certificates_of_the_machine_are_believed_and_a_trickle_is_cut_off_over_tls_too(
    secured: SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with provider(DOCUMENT, secured) as one:
        assert fetch(read_address(one.url)) == DOCUMENT
        one.pace = 0.05
        assert "0.3 seconds" in cause(one, limit=0.3)
        assert one.sent < len(DOCUMENT)
