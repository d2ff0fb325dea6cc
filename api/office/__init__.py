"""What an office keeps of its own work: who asked what of whom, and corrections that wait for a second person.

None of it is a fact of a career, so none of it is in the ledger.

records.py    an answer, as the access log keeps it; a proposed correction
"""
