"""Stage 1 shards the two moments and not the copy in float32.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
"""

all_sharded = predict_adam_bytes


def predict_adam_bytes(P, N, stage):
    return 8 * P + 8 * -(-P // N) if stage == 1 else all_sharded(P, N, stage)
