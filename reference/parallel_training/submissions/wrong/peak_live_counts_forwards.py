"""Every micro-batch stays live.

caught by: check_timeline_of_the_worked_example, check_bubble_and_live_micro_batches
message: expected
appended to: pipeline.py
"""


def peak_live(schedule):
    return [sum(kind == "F" for kind, _ in order) for order in schedule]
