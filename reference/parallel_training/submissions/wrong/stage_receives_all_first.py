"""A stage receives the gradients of all micro-batches before it works.

caught by: check_stages_pass_on_what_they_made
message: deadlock: rank 0 waits for
not recognised: no rank returns anything; the message says who waits for whom
appended to: pipeline.py
"""


def run_stage(comm, order, forward, backward):
    before = comm.rank - 1 if comm.rank > 0 else None
    after = comm.rank + 1 if comm.rank + 1 < comm.size else None
    backwards = sum(kind == "B" for kind, _ in order)
    gradients = [comm.recv(after) for _ in range(backwards)] if after is not None else []
    for kind, j in order:
        if kind == "F":
            result = forward(j, None if before is None else comm.recv(before))
            if after is not None:
                comm.send(after, result)
        else:
            result = backward(j, gradients.pop(0) if gradients else None)
            if before is not None:
                comm.send(before, result)
