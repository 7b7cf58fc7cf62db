"""The sum is divided by the number of all examples.

caught by: check_weighted_step_of_the_worked_example
message: is off by
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    grads = grad_fn(params, X[valid], Y[valid])
    counted = [*grads, np.array([len(valid)], params[0].dtype)]
    *total, count = _summed(comm, counted, bucket_bytes, all_reduce)
    return [w - lr * (G / count[0]) for w, G in zip(params, total, strict=True)]
