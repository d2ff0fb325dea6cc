"""A ledger on a PostgreSQL server.

schema.py       the tables, and what makes a database a ledger
address.py      what libpq is told, and what may be shown of it
connections.py  connections: a pool, of which none remembers anything between two transactions
failures.py     what PostgreSQL says, as errors that say what to do
messages.py     several statements in one message, their values quoted into it
appending.py    a transaction of the only writer
recorder.py     what is read, and how
waiting.py      signals of what was written, with a poll behind them
examining.py    what the store says of itself
factory.py      how eventsourcing is given all this
"""
