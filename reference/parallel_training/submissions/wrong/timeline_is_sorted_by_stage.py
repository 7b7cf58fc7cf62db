"""Slots are sorted by stage first.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""

by_start = timeline


def timeline(schedule, t_F, t_B):
    return sorted(by_start(schedule, t_F, t_B), key=lambda slot: (slot.stage, slot.start))
