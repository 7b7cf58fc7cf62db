"""The operations are n^3 / 3.

caught by: check_predicted_operations_and_bytes_are_counted
message: predict_cholesky_operations
"""


def predict_cholesky_operations(n):
    return n**3 // 3
