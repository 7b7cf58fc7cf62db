"""All micro-batches count as full ones.

caught by: check_micro_batches_add_up_to_one_batch
message: is off by
appended to: data_parallel.py
"""

by_examples = accumulate


def accumulate(grad_fn, params, X, Y, size):
    n = len(X)
    return [G * n / (-(-n // size) * size) for G in by_examples(grad_fn, params, X, Y, size)]
