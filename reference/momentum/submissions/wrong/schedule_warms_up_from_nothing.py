"""The warm-up starts with a factor of zero.

caught by: check_schedules_of_eight_steps
message: the factor 'constant' in step 0 is off
not recognised: its answers are three simple fractions
"""


def lr_schedule(kind, t, T, warmup=0):
    k, K = max(t - warmup, 0), max(T - warmup, 1)
    factors = {
        "constant": 1.0,
        "inverse_sqrt": 1 / math.sqrt(k + 1),
        "linear": 1 - k / K,
        "cosine": (1 + math.cos(math.pi * k / K)) / 2,
    }
    if kind not in factors:
        raise ValueError(f"unknown schedule {kind!r}")
    return t / warmup if t < warmup else factors[kind]
