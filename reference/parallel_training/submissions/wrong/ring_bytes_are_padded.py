"""The bytes of a ring are those of chunks of ceil(n / N).

caught by: check_predicted_bytes_of_a_ring, check_predicted_bytes_of_other_sizes
message: bytes were measured
"""


def predict_ring_bytes(n, N, itemsize, rank):
    return 2 * (N - 1) * -(-n // N) * itemsize
