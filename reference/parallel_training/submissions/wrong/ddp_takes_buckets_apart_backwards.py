"""A bucket that was reduced is taken apart in the order of arrays.

caught by: check_step_equals_one_process_with_all_examples
message: is off by
appended to: data_parallel.py
"""


def _summed(comm, grads, bucket_bytes, all_reduce):
    total = list(grads)
    for bucket in buckets([g.nbytes for g in grads], bucket_bytes):
        flat = all_reduce(comm, np.concatenate([grads[i].ravel() for i in bucket]))
        for i in sorted(bucket):
            total[i] = flat[: grads[i].size].reshape(grads[i].shape)
            flat = flat[grads[i].size :]
    return total
