"""A bucket ends with the array that makes it larger than bucket_bytes.

caught by: check_buckets_of_the_worked_example, check_buckets_hold_what_fits
message: is a list of
appended to: data_parallel.py
"""


def buckets(nbytes, bucket_bytes):
    groups, filled = [], bucket_bytes
    for i in reversed(range(len(nbytes))):
        if filled >= bucket_bytes:
            groups.append([])
            filled = 0
        groups[-1].append(i)
        filled += nbytes[i]
    return groups
