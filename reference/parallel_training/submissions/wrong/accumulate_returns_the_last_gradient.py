"""The gradient of the last micro-batch replaces those before.

caught by: check_micro_batches_add_up_to_one_batch
message: is off by
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    for start in range(0, len(X), size):
        total = grad_fn(params, X[start : start + size], Y[start : start + size])
    return [G / len(X) for G in total]
