"""A caller who does not say how many directions there are gets one.

caught by: check_tester_reports_the_largest_error
message: the number of loss evaluations is 2, expected 10
"""

_of_directions = check_gradient


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=1, eps=1e-5):
    return _of_directions(loss_fn, grad_fn, W, rng, n_dirs, eps)
