"""An unknown kind is taken for constant.

caught by: check_schedules_of_other_lengths
message: the error for an unknown kind
not recognised: what gives it away is the name of an error
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
        return 1.0
    return (t + 1) / warmup if t < warmup else factors[kind]
