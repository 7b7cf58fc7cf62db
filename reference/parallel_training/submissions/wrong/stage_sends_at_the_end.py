"""Results are sent once all work of the stage is done.

caught by: check_stages_pass_on_what_they_made
message: deadlock: rank 0 waits for
not recognised: no rank returns anything; the message says who waits for whom
appended to: pipeline.py
"""


def run_stage(comm, order, forward, backward):
    before = comm.rank - 1 if comm.rank > 0 else None
    after = comm.rank + 1 if comm.rank + 1 < comm.size else None
    results = []
    for kind, j in order:
        work, source, target = (
            (forward, before, after) if kind == "F" else (backward, after, before)
        )
        results.append((target, work(j, None if source is None else comm.recv(source))))
    for target, result in results:
        if target is not None:
            comm.send(target, result)
