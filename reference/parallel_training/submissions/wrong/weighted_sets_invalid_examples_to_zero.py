"""Examples that are not valid are set to zero and counted by grad_fn.

caught by: check_weighted_step_is_no_mean_of_local_means
message: is off by
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    grads = grad_fn(params, X * valid[:, None], Y * valid[:, None])
    counted = [*grads, np.array([np.count_nonzero(valid)], params[0].dtype)]
    *total, count = _summed(comm, counted, bucket_bytes, all_reduce)
    return [w - lr * (G / max(count[0], 1)) for w, G in zip(params, total, strict=True)]
