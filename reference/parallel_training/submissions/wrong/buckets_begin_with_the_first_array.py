"""Arrays are taken from the first to the last.

caught by: check_buckets_of_the_worked_example, check_buckets_hold_what_fits
message: is a list of
appended to: data_parallel.py
"""

from_the_last = buckets


def buckets(nbytes, bucket_bytes):
    last = len(nbytes) - 1
    return [[last - i for i in group] for group in from_the_last(nbytes[::-1], bucket_bytes)]
