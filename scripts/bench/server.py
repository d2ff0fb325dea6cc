"""A PostgreSQL server of our own, for measurements and for tests: gone when they end.

It listens on a UNIX socket only. PostgreSQL does not run as root: if we are root, it runs as an account without rights.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from scripts.bench import baseline
from scripts.bench.appending import Places

ACCOUNTS = ("postgres", "nobody")
"""Who runs the servers if we are root: the first that there is."""

PATIENCE = 30
"""Seconds after which a server that does not answer is a failed test."""

OWNER, GUARDED, PASSWORD = "owner", "guarded", "n0b0dy-kn0ws-this"
"""Roles: the one that the tests are, and one that has to say a password."""

MISSING = "there is no PostgreSQL server here; `make test` installs it if it may: see .ci/servers"

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 60
shared_buffers = 64MB
max_wal_size = 4GB
checkpoint_timeout = 1h
autovacuum = off
"""
ACCESS = f"local all {GUARDED} scram-sha-256\nlocal all all trust\nlocal replication all trust\n"

EMPTIED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
END $$;
CREATE SCHEMA public AUTHORIZATION {owner};
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class NoServerError(Exception):
    """There is no server to be had, or it did not start."""


class Server:
    """A PostgreSQL server, and its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = (f"ledger_{number}" for number in count(1))
        self._used: list[str] = []

    def url(self, database: str, user: str = OWNER, **more: str) -> str:
        """The URL of a database of this server."""
        words = "".join(f"&{name}={value}" for name, value in more.items())
        return f"postgresql://{user}@/{database}?host={self.folder}{words}"

    def fresh(self) -> str:
        """The URL of a database without anything in it: a new one, or one that was given back and is emptied."""
        if self._used:
            name = self._used.pop()
            self.run(EMPTIED.format(owner=OWNER), name)
        else:
            name = next(self._names)
            self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def give_back(self, url: str) -> None:
        """Let others have a database that `fresh` gave: making one takes longer than emptying it."""
        self._used.append(urlsplit(url).path[1:])

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the owner of everything."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres() -> Iterator[Server]:
    """A new PostgreSQL server of the newest version that is installed."""
    programs = newest_programs()
    with folder_of_account() as folder:
        data = folder / "data"
        words = ["--no-sync", "--data-checksums", "--encoding=UTF8", "--locale=C", f"--username={OWNER}"]
        _finished([str(programs / "initdb"), *words, "-D", str(data)], folder)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=folder))
        (data / "pg_hba.conf").write_text(ACCESS)
        server = Server(folder)
        with running([str(programs / "postgres"), "-D", str(data)], folder, signal.SIGQUIT):
            wait_for(server.url("postgres"), folder)
            server.run(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
            yield server


@contextmanager
def standby(server: Server) -> Iterator[Server]:
    """A standby of a server, which follows it and lets nobody write."""
    programs = newest_programs()
    with folder_of_account() as folder:
        data = folder / "data"
        source = ["-h", str(server.folder), "-U", OWNER, "--checkpoint=fast", "--no-sync", "--write-recovery-conf"]
        _finished([str(programs / "pg_basebackup"), *source, "-D", str(data)], folder)
        here = ["-c", f"unix_socket_directories={folder}"]
        with running([str(programs / "postgres"), "-D", str(data), *here], folder, signal.SIGQUIT):
            follower = Server(folder)
            wait_for(follower.url("postgres"), folder)
            yield follower


def newest_programs() -> Path:
    """The folder of PostgreSQL's programs."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return max(found, key=lambda path: float(path.parts[-3])).parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise NoServerError(MISSING)
    return Path(elsewhere).resolve().parent


def _account() -> pwd.struct_passwd | None:
    """Whom to run a server as; None for ourselves."""
    if os.getuid() != 0:
        return None
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServerError("PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it as")


@contextmanager
def folder_of_account() -> Iterator[Path]:
    """A folder for a server's account. Its path is short: a UNIX socket's may have 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-", dir="/tmp"))
    account = _account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_account() -> dict[str, object]:
    account = _account()
    return {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _finished(words: list[str], folder: Path) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, **_as_account())  # type: ignore[call-overload]  # noqa: S603 - the words are ours
    if done.returncode:
        raise NoServerError(f"{words[0]} failed: {done.stdout}{done.stderr}")


@contextmanager
def running(words: list[str], folder: Path, end: signal.Signals) -> Iterator[None]:
    """A server that runs, and is ended by its own process id: at once, for nothing of it is kept."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, **_as_account())  # type: ignore[call-overload]  # noqa: S603 - the words are ours
    try:
        yield
    finally:
        process.send_signal(end)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, folder: Path) -> None:
    """Wait until a server answers. Raises `NoServerError` with its log if it does not."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise NoServerError(f"the server did not start: {error}\n{(folder / 'log').read_text()}") from error
            time.sleep(0.02)
        else:
            return


@contextmanager
def databases() -> Iterator[Callable[[str], Places] | None]:
    """Gives two empty databases at a time, of a server that is there as long as this lasts; None if there is none."""
    try:
        newest_programs()
    except NoServerError:
        yield None
        return
    with postgres() as server:
        yield lambda _: Places(
            server.fresh(), baseline.on_server(server.folder, urlsplit(server.fresh()).path[1:], OWNER)
        )
