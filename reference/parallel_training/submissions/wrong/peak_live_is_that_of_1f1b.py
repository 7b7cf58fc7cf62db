"""The peak is min(p - i, m) for every schedule.

caught by: check_timeline_of_the_worked_example, check_bubble_and_live_micro_batches
message: expected
appended to: pipeline.py
"""


def peak_live(schedule):
    p = len(schedule)
    return [min(p - i, len(order) // 2) for i, order in enumerate(schedule)]
