"""Recorders: eventsourcing's own, made gapless, batched and streaming.

location.py   database URLs
rows.py       an entry as it is stored
recorder.py   what every store offers
appending.py  a transaction of the only writer
group.py      concurrent appends share a commit
together.py   what one of them sees of it
failures.py   what can go wrong, in words that say what to do
mapper.py     entries to stored events and back
sqlite/       a ledger in a file
postgres/     a ledger on a PostgreSQL server
"""
