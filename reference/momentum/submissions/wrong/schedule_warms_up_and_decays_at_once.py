"""The warm-up multiplies the schedule as it would be without one.

caught by: check_schedules_of_eight_steps
message: the factor
"""


def lr_schedule(kind, t, T, warmup=0):
    k, K = t, T
    factors = {
        "constant": 1.0,
        "inverse_sqrt": 1 / math.sqrt(k + 1),
        "linear": 1 - k / K,
        "cosine": (1 + math.cos(math.pi * k / K)) / 2,
    }
    if kind not in factors:
        raise ValueError(f"unknown schedule {kind!r}")
    return (t + 1) / warmup * factors[kind] if t < warmup else factors[kind]
