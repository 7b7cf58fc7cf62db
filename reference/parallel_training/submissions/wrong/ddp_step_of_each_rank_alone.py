"""Each rank steps with its own gradient.

caught by: check_step_equals_one_process_with_all_examples
message: is off by
appended to: data_parallel.py
"""


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    return [w - lr * (G / len(X)) for w, G in zip(params, grad_fn(params, X, Y), strict=True)]
