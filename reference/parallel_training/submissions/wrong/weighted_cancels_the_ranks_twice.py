"""The gradient is multiplied by the number of ranks.

caught by: check_weighted_step_of_the_worked_example, check_weighted_steps_of_other_counts
message: is off by
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    grads = grad_fn(params, X[valid], Y[valid])
    counted = [*grads, np.array([np.count_nonzero(valid)], params[0].dtype)]
    *total, count = _summed(comm, counted, bucket_bytes, all_reduce)
    scale = comm.size / max(count[0], 1)
    return [w - lr * (G * scale) for w, G in zip(params, total, strict=True)]
