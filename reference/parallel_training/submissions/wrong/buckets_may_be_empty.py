"""An array that is larger than a bucket leaves an empty bucket before it.

caught by: check_buckets_hold_what_fits
message: is a list of
not recognised: small whole numbers and simple fractions come out of many mistakes
appended to: data_parallel.py
"""


def buckets(nbytes, bucket_bytes):
    groups, filled = [[]], 0
    for i in reversed(range(len(nbytes))):
        if filled + nbytes[i] > bucket_bytes:
            groups.append([])
            filled = 0
        groups[-1].append(i)
        filled += nbytes[i]
    return groups
