"""Each rank divides by its own number of valid examples, and the means are averaged.

caught by: check_weighted_step_of_the_worked_example, check_weighted_step_is_no_mean_of_local_means
message: is off by
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    mine = max(np.count_nonzero(valid), 1)
    grads = [g / mine for g in grad_fn(params, X[valid], Y[valid])]
    counted = [*grads, np.array([np.count_nonzero(valid)], params[0].dtype)]
    *total, _ = _summed(comm, counted, bucket_bytes, all_reduce)
    return [w - lr * (G / comm.size) for w, G in zip(params, total, strict=True)]
