"""A stage does what is ready first, whatever its order says.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    ends, last = {None: 0.0}, len(schedule) - 1
    free, todo, slots = [0.0] * len(schedule), [list(order) for order in schedule], []
    while any(todo):
        ready = [
            (max(free[i], ends[_need(i, *work, last)]), i, place)
            for i, order in enumerate(todo)
            for place, work in enumerate(order)
            if _need(i, *work, last) in ends
        ]
        if not ready:
            raise ValueError("no stage can go on")
        start, i, place = min(ready)
        kind, j = todo[i].pop(place)
        free[i] = ends[kind, i, j] = start + (t_F if kind == "F" else t_B)
        slots.append(Slot(start, free[i], i, kind, j))
    return sorted(slots, key=lambda slot: (slot.start, slot.stage))
