"""The bytes of a ring are those of the rank before.

caught by: check_predicted_bytes_of_a_ring
message: bytes were measured
"""

of_this_rank = predict_ring_bytes


def predict_ring_bytes(n, N, itemsize, rank):
    return of_this_rank(n, N, itemsize, (rank - 1) % N)
