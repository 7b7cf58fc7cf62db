"""A bucket ends where the next array would fill it exactly.

caught by: check_buckets_of_the_worked_example, check_buckets_hold_what_fits
message: is a list of
appended to: data_parallel.py
"""

room_for_all = buckets


def buckets(nbytes, bucket_bytes):
    return room_for_all(nbytes, bucket_bytes - 1)
