"""A shard has P / N entries, rounded down.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
not recognised: small whole numbers say too little; the check's message says which is wrong
"""


def predict_adam_bytes(P, N, stage):
    whole = {0: 16, 1: 4, 2: 2, 3: 0}[stage]
    return whole * P + (16 - whole) * P // N
