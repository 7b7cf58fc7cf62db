"""Parameters are averaged after every step.

caught by: check_local_steps_with_averages
message: is off by
appended to: data_parallel.py
"""

every_H = local_sgd


def local_sgd(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce=ring_all_reduce):
    return every_H(comm, params, grad_fn, X, Y, lr, beta, 1, all_reduce)
