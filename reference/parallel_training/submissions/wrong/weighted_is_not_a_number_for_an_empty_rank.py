"""A rank without valid examples divides by zero.

caught by: check_weighted_step_is_no_mean_of_local_means
message: NaN or infinite
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    mine = np.array([np.count_nonzero(valid)], params[0].dtype)
    with np.errstate(invalid="ignore"):
        means = [g / mine[0] for g in grad_fn(params, X[valid], Y[valid])]
    weighted = [mean * mine[0] for mean in means]
    *total, count = _summed(comm, [*weighted, mine], bucket_bytes, all_reduce)
    return [w - lr * (G / max(count[0], 1)) for w, G in zip(params, total, strict=True)]
