"""Import of JSON Lines: any order, any size, one worker whole or not at all, the same file once.

Three passes over a spool on disk, so that memory does not grow with the file:

    lines.py   reading: files → lines, each checked by its form and laid down in the spool
    spool.py   the spool: lines by career, then entries in the order of recording
    worker.py  judging: one worker's lines beside what is known of the career → entries, or refusals
    run.py     recording: all accepted entries in one transaction
"""
