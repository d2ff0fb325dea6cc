"""A ledger in a SQLite file.

schema.py       the tables, and what makes a file a ledger
connections.py  connections: durable, one writing process, readers that cannot write
failures.py     what SQLite says, as errors that say what to do
appending.py    a transaction of the only writer
recorder.py     what is read, and how
careers.py      a career's rows as the one who writes reads them
examining.py    what the store says of itself
factory.py      how eventsourcing is given all this
"""
