"""Nothing is clipped.

caught by: check_clips_of_the_worked_example, check_clips_have_the_least_error
message: the clip of
appended to: uniform.py
"""


def clip_for_least_error(x, bits, steps):
    return float(np.abs(np.asarray(x, np.float64)).max())
