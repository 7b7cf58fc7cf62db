"""The step of differences is ten times as wide where the caller names none.

caught by: check_differences_ask_2d_times_and_keep_x
message: where f was asked, in the order of the entries
"""

_of_steps = numerical_grad


def numerical_grad(f, x, eps=1e-4):
    return _of_steps(f, x, eps)
