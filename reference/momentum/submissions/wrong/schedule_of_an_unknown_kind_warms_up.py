"""An unknown kind is noticed after the warm-up only.

caught by: check_schedules_of_other_lengths
message: the error for an unknown kind, t = 0
not recognised: what gives it away is the name of an error
"""


def lr_schedule(kind, t, T, warmup=0):
    if t < warmup:
        return (t + 1) / warmup
    k, K = max(t - warmup, 0), max(T - warmup, 1)
    factors = {
        "constant": 1.0,
        "inverse_sqrt": 1 / math.sqrt(k + 1),
        "linear": 1 - k / K,
        "cosine": (1 + math.cos(math.pi * k / K)) / 2,
    }
    if kind not in factors:
        raise ValueError(f"unknown schedule {kind!r}")
    return factors[kind]
