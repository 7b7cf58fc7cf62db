"""Every thread computes all rows.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""

own_rows = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    def all_rows(k, t, W, rows, out):
        grad_into(k, t, W, slice(0, B), out)

    return own_rows(all_rows, W0, alpha, beta, B, steps, T)
