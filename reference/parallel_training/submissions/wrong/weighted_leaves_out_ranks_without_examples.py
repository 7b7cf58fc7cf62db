"""A rank without valid examples returns at once.

caught by: check_weighted_step_is_no_mean_of_local_means
message: deadlock: rank 0 waits for
appended to: data_parallel.py
"""

taking_part = weighted_ddp_step


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    if not valid.any():
        return [w.copy() for w in params]
    return taking_part(comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce)
