"""Work begins at whole numbers only.

caught by: check_timelines_of_random_schedules
message: is off by
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    ends, free = {None: 0}, [0] * len(schedule)
    todo = [list(order) for order in schedule]
    slots = []
    while any(todo):
        done = len(slots)
        for i, order in enumerate(todo):
            while order and (need := _need(i, *order[0], len(schedule) - 1)) in ends:
                kind, j = order.pop(0)
                start = float(-(-max(free[i], ends[need]) // 1))
                free[i] = ends[kind, i, j] = start + (t_F if kind == "F" else t_B)
                slots.append(Slot(start, free[i], i, kind, j))
        if len(slots) == done:
            raise ValueError("no stage can go on")
    return sorted(slots, key=lambda slot: (slot.start, slot.stage))
