"""The means of all micro-batches are averaged.

caught by: check_micro_batches_add_up_to_one_batch
message: is off by
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    total, batches = [np.zeros_like(w) for w in params], 0
    for start in range(0, len(X), size):
        x, y = X[start : start + size], Y[start : start + size]
        for G, g in zip(total, grad_fn(params, x, y), strict=True):
            G += g / len(x)
        batches += 1
    return [G / batches for G in total]
