"""Every stage begins with p - 1 forwards.

caught by: check_1f1b_of_the_worked_example
message: is a list of
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: pipeline.py
"""


def one_f_one_b(p, m):
    return [_stage_1f1b(min(p - 1, m), m) for _ in range(p)]
