"""The gradients of all micro-batches are kept until the end.

caught by: check_accumulation_keeps_one_gradient
message: the budget is
appended to: data_parallel.py
"""


def accumulate(grad_fn, params, X, Y, size):
    kept = [
        grad_fn(params, X[start : start + size], Y[start : start + size])
        for start in range(0, len(X), size)
    ]
    return [sum(gradients) / len(X) for gradients in zip(*kept, strict=True)]
