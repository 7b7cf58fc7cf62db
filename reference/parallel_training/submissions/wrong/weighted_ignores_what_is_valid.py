"""All examples count.

caught by: check_weighted_step_of_the_worked_example
message: is off by
appended to: data_parallel.py
"""

only_valid = weighted_ddp_step


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    everything = np.ones_like(valid)
    return only_valid(comm, params, grad_fn, X, Y, everything, lr, bucket_bytes, all_reduce)
