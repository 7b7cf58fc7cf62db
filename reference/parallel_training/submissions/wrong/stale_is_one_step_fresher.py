"""Gradients are tau - 1 steps old.

caught by: check_stale_steps_use_old_gradients
message: is off by
appended to: data_parallel.py
"""

as_stale_as_told = stale_sgd


def stale_sgd(grad, w0, lr, tau, steps):
    return as_stale_as_told(grad, w0, lr, max(tau - 1, 0), steps)
