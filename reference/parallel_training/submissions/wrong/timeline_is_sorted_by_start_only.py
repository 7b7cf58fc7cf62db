"""Slots that start together stand in any order.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    ends, free = {None: 0.0}, [0.0] * len(schedule)
    todo = [list(order) for order in schedule]
    slots = []
    while any(todo):
        done = len(slots)
        for i, order in reversed(list(enumerate(todo))):
            while order and (need := _need(i, *order[0], len(schedule) - 1)) in ends:
                kind, j = order.pop(0)
                start = max(free[i], ends[need])
                free[i] = ends[kind, i, j] = start + (t_F if kind == "F" else t_B)
                slots.append(Slot(start, free[i], i, kind, j))
        if len(slots) == done:
            raise ValueError("no stage can go on")
    return sorted(slots, key=lambda slot: slot.start)
