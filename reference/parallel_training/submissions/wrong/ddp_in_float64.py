"""The step size of float64 makes the parameters float64.

caught by: check_step_in_float32
message: has dtype
appended to: data_parallel.py
"""


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    total = _summed(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    scale = np.float64(lr) / (comm.size * len(X))
    return [w - scale * G for w, G in zip(params, total, strict=True)]
