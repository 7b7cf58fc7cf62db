"""Each bucket is padded to bucket_bytes.

caught by: check_one_all_reduce_for_each_bucket
message: the budget is
appended to: data_parallel.py
"""


def _summed(comm, grads, bucket_bytes, all_reduce):
    total = list(grads)
    room = max(bucket_bytes // grads[0].itemsize, 1)
    for bucket in buckets([g.nbytes for g in grads], bucket_bytes):
        flat = np.concatenate([grads[i].ravel() for i in bucket])
        flat = all_reduce(comm, np.pad(flat, (0, -len(flat) % room)))
        for i in bucket:
            total[i] = flat[: grads[i].size].reshape(grads[i].shape)
            flat = flat[grads[i].size :]
    return total
