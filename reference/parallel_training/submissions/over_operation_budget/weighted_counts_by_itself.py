"""The number of valid examples has an all_reduce of its own.

caught by: check_the_number_travels_with_the_gradients
message: the budget is
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    total = _summed(comm, grad_fn(params, X[valid], Y[valid]), bucket_bytes, all_reduce)
    mine = np.array([np.count_nonzero(valid)], params[0].dtype)
    count = max(all_reduce(comm, mine)[0], 1)
    return [w - lr * (G / count) for w, G in zip(params, total, strict=True)]
