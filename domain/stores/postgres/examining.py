"""What a PostgreSQL ledger says of itself: whether it is whole, and whether what is written stays."""

from psycopg import errors

from domain.stores.postgres.address import Connection
from domain.stores.postgres.appending import only
from domain.stores.postgres.schema import GUARDED, REQUESTS, has_requests
from domain.stores.recorder import Soundness
from domain.words import Phrase, Reason

DURABLE = ("fsync", "full_page_writes")
"""What the server must be set to. `synchronous_commit` is not among them: every transaction that writes sees to it."""

NOT_DURABLE = Phrase(
    "服务器的 {setting} 为 off:断电可能丢失或损坏记录",
    "the server's {setting} is off: a power cut may lose or damage entries",
)
NO_GUARD = Phrase(
    "缺少触发器 {guard} 或已停用:记录可被改动",
    "the trigger {guard} is missing or disabled: what is recorded could be edited",
)
DIFFERS = Phrase(
    "索引 {index} 有 {found} 条,表有 {rows} 条;请从备份恢复,或核对后 REINDEX",
    "the index {index} has {found} entries, the table {rows}; restore a backup, or look into it and REINDEX",
)
DAMAGED = Phrase(
    "索引 {index} 已损坏(amcheck);请从备份恢复,或核对后 REINDEX",
    "the index {index} is damaged, says amcheck; restore a backup, or look into it and REINDEX",
)

_PAGES = """
SELECT (pg_table_size('entries'::regclass) + pg_indexes_size('entries'::regclass)) / current_setting('block_size')::int
"""
_COUNT = "SELECT count(*) FROM (SELECT {columns} FROM entries {order} OFFSET 0) AS every_one"
_BY_TABLE = "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
_BY_INDEX = "SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_seqscan = off"
_ORDERS = {"entries_pkey": "position", "entries_career_number_key": "career, number"}
_GUARDS = """
SELECT tgname FROM pg_trigger JOIN unnest(%s::text[]) AS guarded (name) ON tgrelid = to_regclass(guarded.name)
WHERE tgenabled IN ('O', 'A')
"""
_MAY_CHECK = """
SELECT p.oid::regproc::text FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'amcheck'
WHERE p.proname = 'bt_index_check' AND p.pronargs = 2 AND has_function_privilege(p.oid, 'EXECUTE')
"""


def integrity(connection: Connection) -> Soundness:
    """Every row by the table and by both indexes, which must agree; with amcheck, where there is one, to the byte.

    Reading a page checks its checksum, if the server keeps any. Raises what it says of a page that cannot be read.
    """
    pages = int(only(connection.execute(_PAGES).fetchall())[0])
    connection.execute(_BY_TABLE)
    rows = only(connection.execute(_COUNT.format(columns="state", order="")).fetchall())[0]
    connection.execute(_BY_INDEX)
    problems: list[Reason] = []
    for index, order in _ORDERS.items():
        found = only(connection.execute(_COUNT.format(columns=order, order=f"ORDER BY {order}")).fetchall())[0]
        if found != rows:
            problems.append(DIFFERS(index=index, found=found, rows=rows))
    checker = connection.execute(_MAY_CHECK).fetchone()
    if checker is not None:
        problems += [DAMAGED(index=index) for index in _ORDERS if not _holds(connection, checker[0], index)]
    return Soundness(pages, problems)


def _holds(connection: Connection, checker: str, index: str) -> bool:
    """Whether amcheck finds the index in order, and every row of the table in it."""
    try:
        with connection.transaction():
            connection.execute(f"SELECT {checker}(%s::regclass, true)", [index])
    except (errors.IndexCorrupted, errors.DataCorrupted):
        return False
    return True


def durability(connection: Connection) -> Soundness:
    """How the server is set, and whether what is written is guarded."""
    found = {name: only(connection.execute("SELECT current_setting(%s)", [name]).fetchall())[0] for name in DURABLE}
    tables = [table for table in GUARDED if table != REQUESTS or has_requests(connection)]
    there = {name for (name,) in connection.execute(_GUARDS, [tables])}
    guards = [guard for table in tables for guard in GUARDED[table]]
    problems: list[Reason] = [NOT_DURABLE(setting=name) for name in DURABLE if found[name] != "on"]
    problems += [NO_GUARD(guard=guard) for guard in guards if guard not in there]
    return Soundness(len(DURABLE) + len(guards), problems)
