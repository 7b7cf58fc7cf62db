"""The time before a stage's first work does not count as idle.

caught by: check_timeline_of_the_worked_example, check_bubble_and_live_micro_batches
message: is off by
appended to: pipeline.py
"""


def bubble(slots):
    end = max(slot.end for slot in slots)
    stages = {slot.stage for slot in slots}
    starts = [min(slot.start for slot in slots if slot.stage == i) for i in stages]
    busy = sum(slot.end - slot.start for slot in slots)
    return 1 - busy / sum(end - start for start in starts)
