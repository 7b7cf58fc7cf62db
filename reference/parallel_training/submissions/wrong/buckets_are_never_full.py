"""A bucket ends where the next array would fill it exactly.

caught by: check_buckets_of_the_worked_example
message: is a list of
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: data_parallel.py
"""

room_for_all = buckets


def buckets(nbytes, bucket_bytes):
    return room_for_all(nbytes, bucket_bytes - 1)
