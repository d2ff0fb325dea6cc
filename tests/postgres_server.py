"""Servers for the tests: a PostgreSQL of their own, and a PgBouncer in front of it. Gone when the tests end."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scripts.bench.server import (
    GUARDED,
    OWNER,
    PASSWORD,
    Server,
    folder_of_account,
    postgres,
    running,
    standby,
    wait_for,
)

__all__ = ["GUARDED", "OWNER", "PASSWORD", "Server", "bouncer", "postgres", "standby"]

MISSING = "the tests need PgBouncer, which is not installed; `make test` installs it if it may: see .ci/servers"

POOLED = """
[databases]
* = host={folder} user={owner}
[pgbouncer]
unix_socket_dir = {pooler}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 3
server_round_robin = 1
"""
"""Transactions of one client go to one server connection after another: what a session would remember is lost."""


@contextmanager
def bouncer(server: Server) -> Iterator[Server]:
    """A PgBouncer in transaction mode before a server."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    with folder_of_account() as folder:
        settings = folder / "pgbouncer.ini"
        settings.write_text(POOLED.format(folder=server.folder, owner=OWNER, pooler=folder))
        pooler = Server(folder)
        with running([program, str(settings)], folder, signal.SIGTERM):
            wait_for(pooler.url("postgres", port="6432"), folder)
            yield pooler
