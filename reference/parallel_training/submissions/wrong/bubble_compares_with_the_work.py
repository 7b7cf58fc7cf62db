"""The idle time is divided by the busy time.

caught by: check_timeline_of_the_worked_example
message: is off by
not recognised: its first wrong number comes out of many mistakes; the check ends there
appended to: pipeline.py
"""


def bubble(slots):
    stages = len({slot.stage for slot in slots})
    busy = sum(slot.end - slot.start for slot in slots)
    return stages * max(slot.end for slot in slots) / busy - 1
