"""The arrays of a bucket are listed from the first to the last.

caught by: check_buckets_of_the_worked_example, check_buckets_hold_what_fits
message: is a list of
appended to: data_parallel.py
"""

in_backward_order = buckets


def buckets(nbytes, bucket_bytes):
    return [sorted(group) for group in in_backward_order(nbytes, bucket_bytes)]
