"""What an office keeps of its own work: who asked what of whom, and corrections that wait for a second person.

None of it is a fact of a career, so none of it is in the ledger. Beside a ledger file it is a file of its own,
FILE.office; on a server it is in the ledger's database. Nothing in it is ever edited.

records.py    an answer, as the access log keeps it; a proposed correction
errors.py     what can go wrong here
rows.py       answers as rows, and back
store.py      what the office asks of a database
sqlite_file.py, sqlite_store.py           in a file, or in memory
postgres_tables.py, postgres_store.py     on a server
writer.py     the one thread that writes the log: group commit
paging.py     where a reader of the log is
asking.py     questions to the log
log.py        the access log
waiting.py    the access log, for the tasks of an event loop
proposals.py  proposed corrections, and the decisions on them
opening.py    the office of a ledger
"""
