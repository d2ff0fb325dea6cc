"""Import of JSON Lines: any order, any size, one worker whole or not at all, the same file once.

Three passes, with what is between them on disk, so that memory does not grow with the file:

    lines.py    reading: files → lines, each laid down in the bucket of its career
    drafts.py   the entries that a worker's lines would make, and how the file counts them
    worker.py   judging: one worker's lines beside what is known of the career → entries, or refusals
    run.py      all three; recording: all accepted entries in one transaction, in the order of recording
    buckets.py  what is between them: records by career, records in order
"""
