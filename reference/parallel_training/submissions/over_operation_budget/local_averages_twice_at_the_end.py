"""Parameters are averaged once more at the end.

caught by: check_one_all_reduce_for_each_average
message: the budget is
appended to: data_parallel.py
"""

average_once = local_sgd


def local_sgd(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce=ring_all_reduce):
    params = average_once(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce)
    return [w / comm.size for w in _summed(comm, params, 2**40, all_reduce)]
