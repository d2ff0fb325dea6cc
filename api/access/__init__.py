"""Who asks, and what they may: tokens, and the one decision.

subject.py   who asks, as a verified token says
tokens.py    a bearer token to a subject
keys.py      the keys that tokens are verified by: a JWKS, or the ledger's own
issuing.py   the ledger's own key, and the tokens that it signs
limits.py    how often one subject may ask
"""
