"""The sum of the shares is divided by T.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""

sum_of_shares = momentum_threaded


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    return sum_of_shares(grad_into, W0, alpha / T, beta, B, steps, T)
