"""The sum is divided by zero if no rank has valid examples.

caught by: check_ranks_without_valid_examples_take_part
message: NaN or infinite
not recognised: what is not a number says nothing
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    grads = grad_fn(params, X[valid], Y[valid])
    counted = [*grads, np.array([np.count_nonzero(valid)], params[0].dtype)]
    *total, count = _summed(comm, counted, bucket_bytes, all_reduce)
    with np.errstate(invalid="ignore"):
        return [w - lr * (G / count[0]) for w, G in zip(params, total, strict=True)]
