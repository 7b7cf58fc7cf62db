"""The border is 2 / (tau + 1) over the curvature.

caught by: check_border_of_stability
message: is off by
appended to: data_parallel.py
"""


def largest_stable_step(curvature, tau):
    return 2 / (tau + 1) / curvature
