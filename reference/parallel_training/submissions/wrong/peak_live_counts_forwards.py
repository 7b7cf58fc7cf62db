"""Every micro-batch stays live.

caught by: check_timeline_of_the_worked_example
message: expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: pipeline.py
"""


def peak_live(schedule):
    return [sum(kind == "F" for kind, _ in order) for order in schedule]
