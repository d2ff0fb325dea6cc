"""Who asks, and what they may: tokens, and the one decision.

subject.py      who asks, as a verified token says
errors.py       why a token is not taken, and why none can be looked at
tokens.py       a bearer token to a subject: algorithm, key, signature, time; what was verified is remembered
claims.py       what a token says, into a subject
jwks.py         the keys of a JWKS that tokens can be verified by
keys.py         where keys come from: given once, or a file that may change
fetched.py      those of an identity provider, fetched in the background
fetching.py     one key set over HTTP, within bounds
issuing.py      the ledger's own key, and the tokens that it signs
limits.py       how often one subject may ask
strict_json.py  JSON of which there is one reading only
"""
