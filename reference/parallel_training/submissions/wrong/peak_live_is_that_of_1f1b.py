"""The peak is min(p - i, m) for every schedule.

caught by: check_timeline_of_the_worked_example
message: expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: pipeline.py
"""


def peak_live(schedule):
    p = len(schedule)
    return [min(p - i, len(order) // 2) for i, order in enumerate(schedule)]
