"""How questions come and answers go over HTTP, whoever asks.

operation.py   what a route takes and tells: one declaration for the gate, the schema and the access log
parameters.py  the parameters that questions take
asking.py      one request, understood: who, what, as known when, about whom
gate.py        the only way in and out: admit, decide, answer, log, tell
telling.py     an answer on its way: its JSON, whom it discloses, its tag
house.py       what a server is made of
presence.py    a career as known now, and where it is in reach
errors.py      what only a request can do wrong
problems.py    refusals as problem details (RFC 9457)
body.py        the body of a request, within bounds
heads.py       the head of the ledger, for streams that wait for it
program.py     which program answers
measuring.py   what goes on, for Prometheus and the log
"""
