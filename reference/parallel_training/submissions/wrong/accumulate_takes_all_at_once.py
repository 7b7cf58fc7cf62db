"""All examples are one micro-batch.

caught by: check_micro_batches_have_each_example_once
message: too many at a time
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    return [G / len(X) for G in grad_fn(params, X, Y)]
