"""Bytes and times are counted step by step, and the fit is written out."""

from fractions import Fraction


def predict_ring_bytes(n, N, itemsize, rank):
    sizes = [n // N + (1 if k < n % N else 0) for k in range(N)]
    sent = 0
    for step in range(N - 1):
        sent += sizes[(rank - 1 - step) % N]
        sent += sizes[(rank - step) % N]
    return sent * itemsize


def predict_step_bytes(P, N, itemsize, stage):
    s = (P + N - 1) // N
    collectives = {0: 2, 1: 2, 2: 2, 3: 3}[stage]
    return collectives * s * (N - 1) * itemsize


def predict_adam_bytes(P, N, stage):
    s = (P + N - 1) // N
    parameters = s if stage >= 3 else P
    gradients = s if stage >= 2 else P
    kept = s if stage >= 1 else P
    return 2 * parameters + 2 * gradients + 12 * kept


def predict_ring_time(n, N, itemsize, latency, bandwidth):
    message = latency + math.ceil(n / N) * itemsize / bandwidth
    return sum(message for _ in range(2 * (N - 1)))


def predict_tree_time(n, N, itemsize, latency, bandwidth):
    rounds = 0
    while 2 ** (rounds + 1) <= N:
        rounds += 1
    if 2**rounds < N:
        rounds += 2
    return rounds * latency + rounds * (n * itemsize) / bandwidth


def predict_gather_time(n, N, itemsize, latency, bandwidth):
    message = latency + n * itemsize / bandwidth
    return (N - 1) * message + (N - 1) * message


def predict_crossover(N, latency, bandwidth):
    tree = round(math.log2(N))
    arrays = tree - Fraction(2 * (N - 1), N)
    if arrays <= 0:
        return float("inf")
    return float((2 * (N - 1) - tree) / arrays) * latency * bandwidth


def predict_bubble(p, m):
    return 1 - m / (m + p - 1)


def predict_exposed_time(backward, communication):
    whole = sum(backward)
    starts = [sum(backward[: i + 1]) for i in range(len(backward))]
    ends = [start + sum(communication[i:]) for i, start in enumerate(starts)]
    return max(ends, default=whole) - whole


def roofline(flops, nbytes, flops_per_s, bandwidth):
    intensity = flops / nbytes if nbytes else math.inf
    return flops / min(flops_per_s, intensity * bandwidth) if flops else nbytes / bandwidth


def amdahl(serial, T):
    return T / (serial * T + 1 - serial)


def fit_amdahl(threads, seconds):
    x = [1 / T for T in threads]
    mean_x, mean_y = sum(x) / len(x), sum(seconds) / len(x)
    b = sum((u - mean_x) * (y - mean_y) for u, y in zip(x, seconds, strict=True))
    b /= sum((u - mean_x) ** 2 for u in x)
    a = mean_y - b * mean_x
    return min(max(a / (a + b), 0.0), 1.0)
