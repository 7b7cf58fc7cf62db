"""All stages wait until the slowest has ended its piece of work.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    done, todo, slots, now = {None}, [list(order) for order in schedule], [], 0.0
    while any(todo):
        ready = [
            (i, *order.pop(0))
            for i, order in enumerate(todo)
            if order and _need(i, *order[0], len(schedule) - 1) in done
        ]
        if not ready:
            raise ValueError("no stage can go on")
        for i, kind, j in ready:
            slots.append(Slot(now, now + (t_F if kind == "F" else t_B), i, kind, j))
            done.add((kind, i, j))
        now = max(slot.end for slot in slots)
    return slots
