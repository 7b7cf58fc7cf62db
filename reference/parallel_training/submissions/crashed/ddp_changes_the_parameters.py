"""The parameters of the caller are changed.

caught by: check_step_equals_one_process_with_all_examples, check_steps_of_other_shapes_and_ranks
message: read-only
appended to: data_parallel.py
"""


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    total = _summed(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    for w, G in zip(params, total, strict=True):
        w -= lr * (G / (comm.size * len(X)))
    return params
