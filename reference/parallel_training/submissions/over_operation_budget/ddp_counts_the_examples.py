"""The number of examples has an all_reduce of its own.

caught by: check_one_all_reduce_for_each_bucket
message: the budget is
appended to: data_parallel.py
"""


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    total = _summed(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    count = all_reduce(comm, np.array([len(X)], params[0].dtype))[0]
    return [w - lr * (G / count) for w, G in zip(params, total, strict=True)]
