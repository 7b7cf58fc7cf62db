"""The means of the ranks that have valid examples are averaged.

caught by: check_weighted_step_of_the_worked_example, check_grad_fn_gets_valid_examples_only
message: is off by
appended to: data_parallel.py
"""


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    mine = np.count_nonzero(valid)
    grads = [g / max(mine, 1) for g in grad_fn(params, X[valid], Y[valid])]
    counted = [*grads, np.array([mine > 0], params[0].dtype)]
    *total, ranks = _summed(comm, counted, bucket_bytes, all_reduce)
    return [w - lr * (G / max(ranks[0], 1)) for w, G in zip(params, total, strict=True)]
