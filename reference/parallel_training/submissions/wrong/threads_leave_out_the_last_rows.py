"""The rows that are left over belong to no thread.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""

all_rows = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    return all_rows(grad_into, W0, alpha, beta, B // T * T, steps, T)
