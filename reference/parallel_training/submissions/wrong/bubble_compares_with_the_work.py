"""The idle time is divided by the busy time.

caught by: check_timeline_of_the_worked_example, check_bubble_and_live_micro_batches
message: is off by
not recognised: small whole numbers and simple fractions come out of many mistakes
appended to: pipeline.py
"""


def bubble(slots):
    stages = len({slot.stage for slot in slots})
    busy = sum(slot.end - slot.start for slot in slots)
    return stages * max(slot.end for slot in slots) / busy - 1
