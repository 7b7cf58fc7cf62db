"""The mean over all examples is divided by the number of micro-batches again.

caught by: check_micro_batches_add_up_to_one_batch
message: is off by
appended to: data_parallel.py
"""

whole_mean = accumulate


def accumulate(grad_fn, params, X, Y, size):
    return [G / -(-len(X) // size) for G in whole_mean(grad_fn, params, X, Y, size)]
