"""The end of each piece of work follows from those that it needs, and stages receive ahead.

appended to: pipeline.py
"""

from functools import cache


def timeline(schedule, t_F, t_B):
    p = len(schedule)
    position = {
        (kind, i, j): k for i, order in enumerate(schedule) for k, (kind, j) in enumerate(order)
    }
    seen = set()

    @cache
    def end(kind, i, j):
        if (kind, i, j) in seen or (kind, i, j) not in position:
            raise ValueError(f"{kind}{j} of stage {i} can never be done")
        seen.add((kind, i, j))
        return start(kind, i, j) + (t_F if kind == "F" else t_B)

    @cache
    def start(kind, i, j):
        k = position[kind, i, j]
        before = [(schedule[i][k - 1][0], i, schedule[i][k - 1][1])] if k else []
        if kind == "F" and i > 0:
            before.append(("F", i - 1, j))
        if kind == "B":
            before.append(("B", i + 1, j) if i + 1 < p else ("F", i, j))
        return max((end(*work) for work in before), default=0.0)

    slots = [Slot(start(*work), end(*work), work[1], work[0], work[2]) for work in position]
    return sorted(slots, key=lambda slot: (slot.start, slot.stage))


def bubble(slots):
    end = max(slot.end for slot in slots)
    stages = sorted({slot.stage for slot in slots})
    idle = [end - sum(s.end - s.start for s in slots if s.stage == i) for i in stages]
    return sum(idle) / (len(stages) * end)


def run_stage(comm, order, forward, backward):
    first, last = comm.rank == 0, comm.rank == comm.size - 1
    inputs = [] if first else [comm.irecv(comm.rank - 1) for kind, _ in order if kind == "F"]
    grads = [] if last else [comm.irecv(comm.rank + 1) for kind, _ in order if kind == "B"]
    sending = []
    for kind, j in order:
        if kind == "F":
            result = forward(j, inputs.pop(0).wait() if inputs else None)
            if not last:
                sending.append(comm.isend(comm.rank + 1, result))
        else:
            result = backward(j, grads.pop(0).wait() if grads else None)
            if not first:
                sending.append(comm.isend(comm.rank - 1, result))
    for request in sending:
        request.wait()
