"""The cosine goes down and up again.

caught by: check_schedules_of_eight_steps
message: the factor 'cosine' in step 4 is off
"""


def lr_schedule(kind, t, T, warmup=0):
    k, K = max(t - warmup, 0), max(T - warmup, 1)
    factors = {
        "constant": 1.0,
        "inverse_sqrt": 1 / math.sqrt(k + 1),
        "linear": 1 - k / K,
        "cosine": (1 + math.cos(2 * math.pi * k / K)) / 2,
    }
    if kind not in factors:
        raise ValueError(f"unknown schedule {kind!r}")
    return (t + 1) / warmup if t < warmup else factors[kind]
