"""How fast, how small: every figure beside a baseline that runs in the same process, turn by turn.

Nothing here asserts: a machine may be slow, a ratio says more than a time. Nothing leaves the machine.

    __main__.py   the door: `python -m scripts.bench`, quick unless told otherwise
    careers.py, callers.py, departments.py   the three parts: one career after another, many callers, all careers
    workload.py   the same simulated lines for both sides
    population.py a ledger of many careers of 200 facts, made quickly
    server.py     a PostgreSQL server of our own
    ours.py       a ledger filled, and opened for reading
    baseline.py   the same facts in eventsourcing's default stack
    declared.py   a career as a declarative aggregate
    rounds.py     ours and baseline in turn, and the median of the ratios
    recording.py  import: how fast, and how large the file is
    replaying.py  every career folded and asked
    answering.py  one answer, and where its time goes
    appending.py  many callers at once, single appends and whole commands
    keeping.py    kept tables built, caught up and followed
    asking.py     questions about a league
    memory.py     peak memory of an import, in a process of its own, and of a run of several processes
    tables.py     what was found, as tables
"""
