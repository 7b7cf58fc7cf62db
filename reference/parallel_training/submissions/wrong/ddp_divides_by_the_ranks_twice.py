"""The sum is divided by the number of ranks twice.

caught by: check_step_equals_one_process_with_all_examples
message: is off by
appended to: data_parallel.py
"""


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    total = _summed(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    count = comm.size**2 * len(X)
    return [w - lr * (G / count) for w, G in zip(params, total, strict=True)]
