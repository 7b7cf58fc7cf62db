"""Only the inputs of segments are counted, not the inside of one.

caught by: check_predicted_bytes_of_a_checkpointed_chain
message: predict_checkpointed_bytes is
"""


def predict_checkpointed_bytes(N, n):
    return 8 * n * (-(-N // math.isqrt(N)) + 4)
