"""Recorders: eventsourcing's own, made gapless, batched and streaming.

schema.py       the tables, and what makes a file a ledger
connections.py  SQLite connections: durable, one writing process, readers that cannot write
failures.py     what SQLite says, as errors that say what to do
sqlite.py       the recorder and its factory
mapper.py       entries to stored events and back
location.py     database URLs
"""
