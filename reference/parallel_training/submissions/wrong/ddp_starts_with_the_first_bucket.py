"""Buckets are reduced from the first array to the last.

caught by: check_one_all_reduce_for_each_bucket
message: is a list of
not recognised: a check that measures a budget keeps no answers
appended to: data_parallel.py
"""


def _summed(comm, grads, bucket_bytes, all_reduce):
    total = list(grads)
    for bucket in reversed(buckets([g.nbytes for g in grads], bucket_bytes)):
        flat = all_reduce(comm, np.concatenate([grads[i].ravel() for i in bucket]))
        for i in bucket:
            total[i] = flat[: grads[i].size].reshape(grads[i].shape)
            flat = flat[grads[i].size :]
    return total
