"""The number of the micro-batch is sent before each result.

caught by: check_stages_end_when_the_timeline_does
message: expected
appended to: pipeline.py
"""


def run_stage(comm, order, forward, backward):
    before = comm.rank - 1 if comm.rank > 0 else None
    after = comm.rank + 1 if comm.rank + 1 < comm.size else None
    for kind, j in order:
        work, source, target = (
            (forward, before, after) if kind == "F" else (backward, after, before)
        )
        x = None
        if source is not None:
            comm.recv(source)
            x = comm.recv(source)
        result = work(j, x)
        if target is not None:
            comm.send(target, np.array([j]))
            comm.send(target, result)
