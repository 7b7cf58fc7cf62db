"""The timeline ends where stages wait for each other.

caught by: check_timeline_refuses_what_cannot_go_on
message: expected
not recognised: what gives it away is an error that is missing
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    ends = {None: 0.0}
    free = [0.0] * len(schedule)
    todo = [list(order) for order in schedule]
    slots, done = [], -1
    while len(slots) > done:
        done = len(slots)
        for i, order in enumerate(todo):
            while order and (need := _need(i, *order[0], len(schedule) - 1)) in ends:
                kind, j = order.pop(0)
                start = max(free[i], ends[need])
                free[i] = ends[kind, i, j] = start + (t_F if kind == "F" else t_B)
                slots.append(Slot(start, free[i], i, kind, j))
    return sorted(slots, key=lambda slot: (slot.start, slot.stage))
