"""Every stage begins with p - 1 forwards.

caught by: check_1f1b_of_the_worked_example, check_1f1b_is_what_eager_stages_do
message: is a list of
appended to: pipeline.py
"""


def one_f_one_b(p, m):
    return [_stage_1f1b(min(p - 1, m), m) for _ in range(p)]
