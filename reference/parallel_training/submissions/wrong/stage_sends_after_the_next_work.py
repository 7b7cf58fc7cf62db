"""A result is sent after the next piece of work.

caught by: check_stages_pass_on_what_they_made
message: deadlock: rank 0 waits for
appended to: pipeline.py
"""


def run_stage(comm, order, forward, backward):
    before = comm.rank - 1 if comm.rank > 0 else None
    after = comm.rank + 1 if comm.rank + 1 < comm.size else None
    late = None, None
    for kind, j in order:
        work, source, target = (
            (forward, before, after) if kind == "F" else (backward, after, before)
        )
        result = work(j, None if source is None else comm.recv(source))
        if late[0] is not None:
            comm.send(*late)
        late = target, result
    if late[0] is not None:
        comm.send(*late)
