"""The number of valid examples makes its bucket float64.

caught by: check_the_number_travels_with_the_gradients
message: has dtype
not recognised: a check that measures a budget keeps no answers
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    grads = grad_fn(params, X[valid], Y[valid])
    counted = [*grads, np.array([np.count_nonzero(valid)])]
    *total, count = _summed(comm, counted, bucket_bytes, all_reduce)
    scale = lr / max(int(count[0]), 1)
    return [(w - scale * G).astype(w.dtype) for w, G in zip(params, total, strict=True)]
