"""The bubble is (p - 1) / (m + p - 1) for every timeline.

caught by: check_bubble_and_live_micro_batches, check_timelines_of_other_schedules
message: is off by
not recognised: its first wrong number comes out of many mistakes; the check ends there
appended to: pipeline.py
"""


def bubble(slots):
    p = len({slot.stage for slot in slots})
    m = len({slot.micro_batch for slot in slots})
    return (p - 1) / (m + p - 1)
