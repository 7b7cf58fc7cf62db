"""The all_reduce of the caller is not used.

caught by: check_one_all_reduce_for_each_bucket
message: not by the all_reduce that the step is given
not recognised: the answers are right; only the messages take other ways
appended to: data_parallel.py
"""

with_any = ddp_step


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    return with_any(comm, params, grad_fn, X, Y, lr, bucket_bytes)
