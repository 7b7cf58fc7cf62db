"""The backwards of the first forwards are missing.

caught by: check_1f1b_of_the_worked_example, check_1f1b_is_what_eager_stages_do
message: is a list of
appended to: pipeline.py
"""

whole_stage = _stage_1f1b


def _stage_1f1b(warm_up, m):
    return whole_stage(warm_up, m)[: 2 * m - warm_up]
