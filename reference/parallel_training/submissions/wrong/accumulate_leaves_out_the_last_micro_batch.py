"""The last micro-batch, which is smaller, is left out.

caught by: check_micro_batches_add_up_to_one_batch
message: is off by
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    total, count = [np.zeros_like(w) for w in params], len(X) // size * size
    for start in range(0, count, size):
        batch = slice(start, start + size)
        for G, g in zip(total, grad_fn(params, X[batch], Y[batch]), strict=True):
            G += g
    return [G / max(count, 1) for G in total]
