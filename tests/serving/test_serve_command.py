"""`career-ledger serve` as it is started: it says where it listens, or why it does not."""

import socket
import ssl
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.line import Said as Told
from tests.given import hired
from tests.ledger.shell import PATIENCE, ROOT
from tests.running import Database, Said, open_ledger, url_of
from tests.serving.server import START, commended, environment, served, settled


def refused(database: Database, folder: Path, *words: str, **environs: str) -> Said:
    """What a server says that cannot start."""
    done = subprocess.run(
        [sys.executable, "-c", START, "--database", url_of(database), "serve", "--lang", "en", *words],
        capture_output=True, timeout=PATIENCE, check=False, cwd=ROOT, env={**environment(folder), **environs},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.stores("sqlite", "postgres")
def test_it_says_where_it_listens_answers_and_records(database: Database, tmp_path: Path) -> None:
    career = settled(database, 2)[0]
    with served(database, tmp_path) as server:
        assert f"http://127.0.0.1:{server.port}" in server.said[0]
        clerk = server.caller("clerk", "auditor")
        assert clerk.get("/health/ready").json()["status"] == "ready"
        before = clerk.get(f"/careers/{career}/service-years").json()
        stored = clerk.post(f"/careers/{career}/facts", commended("先进"), "key")
        after = clerk.get(f"/careers/{career}/service-years?at_least={stored.json()['entries'][0]['position']}").json()
        assert (stored.status, after["known"]["position"]) == (201, before["known"]["position"] + 1)
        assert server.ended() == 0
    assert "Traceback" not in server.words()


def test_a_new_ledger_is_made_and_a_client_without_a_token_is_told_so(database: Database, tmp_path: Path) -> None:
    with served(database, tmp_path) as server:
        came = server.caller().get("/careers")
        assert (came.status, came.headers["content-type"]) == (401, "application/problem+json")
        assert came.headers["www-authenticate"].startswith("Bearer")
        assert server.ended() == 0


class Certificate(NamedTuple):
    certificate: Path
    key: Path


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """A certificate for this machine that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    told = Certificate(tmp_path / "certificate.pem", tmp_path / "key.pem")
    told.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    told.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return told


def test_with_a_certificate_it_speaks_tls_alone(database: Database, tmp_path: Path, certificate: Certificate) -> None:
    words = ["--tls-certificate", str(certificate.certificate), "--tls-key", str(certificate.key)]
    with served(database, tmp_path, *words) as server:
        assert server.scheme == "https"
        context = ssl.create_default_context(cafile=str(certificate.certificate))
        came = server.caller("auditor", context=context).get("/careers")
        assert (came.status, came.json()["careers"]) == (200, [])
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
            plain.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            assert not plain.recv(100).startswith(b"HTTP/1.1 200")
        assert server.ended() == 0
    assert "Traceback" not in server.words()


def test_a_certificate_that_is_none_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing of the kind\n")
    said = refused(database, tmp_path, "--port", "0", "--tls-certificate", str(tmp_path / "none.pem"))
    assert said.status == 1
    assert "none.pem" in said.err


def test_a_key_alone_is_refused(database: Database, tmp_path: Path, certificate: Certificate) -> None:
    said = refused(database, tmp_path, "--port", "0", "--tls-key", str(certificate.key))
    assert said.status == 2
    assert "--tls-certificate" in said.err


def test_a_port_that_is_taken_is_named(database: Database, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(database, tmp_path, "--port", port)
    assert said.status == 1
    assert port in said.err
    assert "--port" in said.err


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_of_another_machine_is_named(host: str, database: Database, tmp_path: Path) -> None:
    said = refused(database, tmp_path, "--port", "0", "--host", host)
    assert said.status == 1
    assert host in said.err


def test_a_ledger_that_another_process_writes_is_not_served(database: Database, tmp_path: Path) -> None:
    with closing(open_ledger(database)) as ledger:
        ledger.record(ledger.career_of("A-1"), [Told(fact=hired("2018-03-01"))], author="clerk")
        said = refused(database, tmp_path, "--port", "0")
    assert said.status == 1
    assert "another process is writing" in said.err


@pytest.mark.stores("postgres")
def test_on_a_server_the_signing_key_must_be_named(database: Database, tmp_path: Path) -> None:
    said = refused(database, tmp_path, "--port", "0", CAREER_LEDGER_SIGNING_KEY="")
    assert said.status == 1
    assert "CAREER_LEDGER_SIGNING_KEY" in said.err


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path / "no folder" / "ledger.db", tmp_path, "--port", "0")
    assert said.status == 1
    assert "no folder" in said.err
