"""What is true: facts, their history, the regulation, and the only writer.

Nothing below `ledger` and `stores` knows eventsourcing or SQL; nothing here knows the clock, the environment or a
screen.
"""
