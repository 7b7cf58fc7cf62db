"""In each turn the backward comes before the forward.

caught by: check_1f1b_is_what_eager_stages_do, check_schedules_of_other_sizes
message: is a list of
appended to: pipeline.py
"""


def _stage_1f1b(warm_up, m):
    order = [("F", j) for j in range(warm_up)]
    for j in range(m - warm_up):
        order += [("B", j), ("F", warm_up + j)]
    return order + [("B", j) for j in range(m - warm_up, m)]
