"""The last stage's forward goes back to the stage before.

caught by: check_stages_pass_on_what_they_made
message: has shape
appended to: pipeline.py
"""


def run_stage(comm, order, forward, backward):
    before = comm.rank - 1 if comm.rank > 0 else None
    after = comm.rank + 1 if comm.rank + 1 < comm.size else None
    for kind, j in order:
        work, source, target = (
            (forward, before, after) if kind == "F" else (backward, after, before)
        )
        result = work(j, None if source is None else comm.recv(source))
        if target is not None:
            comm.send(target, result)
        elif kind == "F" and before is not None:
            comm.send(before, result)
