"""Keeping the tables true: rows and the position that they have been read up to move together.

definitions.py  which tables there are, and the version of each: the digest of all that its rows depend on
making.py       careers to rows: the one error policy of live and rebuild
spreading.py    ranges of careers over processes
shelf.py        what every store of kept tables offers
sqlite_shelf.py, postgres_shelf.py   beside a ledger file, and in its database
sqlite_files.py  the file itself: connections, locks, damage
catching_up.py  what has been recorded since
rebuilding.py   a new generation beside the old, and one switch
following.py    live, by signal with a poll behind it
auditing.py     the rows against a fresh fold
keeper.py       which tables answer a question: the kept ones, or some made for it
"""
