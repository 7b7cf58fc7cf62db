"""The bytes of a ring are 2 (N - 1) n / N entries, rounded.

caught by: check_predicted_bytes_of_a_ring
message: bytes were measured
"""


def predict_ring_bytes(n, N, itemsize, rank):
    return round(2 * (N - 1) * n * itemsize / N)
