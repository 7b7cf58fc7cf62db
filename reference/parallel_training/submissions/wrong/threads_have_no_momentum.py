"""There is no momentum with threads.

caught by: check_threads_follow_a_loop, check_threads_of_other_numbers
message: is off by
appended to: threads.py
"""

with_momentum = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    return with_momentum(grad_into, W0, alpha, 0.0, B, steps, T)
