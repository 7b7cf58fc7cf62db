"""Each stage works without a break from time 0.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""


def timeline(schedule, t_F, t_B):
    slots = []
    for i, order in enumerate(schedule):
        now = 0.0
        for kind, j in order:
            end = now + (t_F if kind == "F" else t_B)
            slots.append(Slot(now, end, i, kind, j))
            now = end
    return sorted(slots, key=lambda slot: (slot.start, slot.stage))
