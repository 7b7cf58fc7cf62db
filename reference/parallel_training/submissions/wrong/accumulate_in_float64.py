"""The sum is float64 for every dtype.

caught by: check_micro_batches_add_up_to_one_batch
message: has dtype
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    total = [np.zeros(w.shape) for w in params]
    for start in range(0, len(X), size):
        batch = slice(start, start + size)
        for G, g in zip(total, grad_fn(params, X[batch], Y[batch]), strict=True):
            G += g
    return [G / len(X) for G in total]
