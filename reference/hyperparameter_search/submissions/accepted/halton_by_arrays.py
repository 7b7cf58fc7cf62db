"""All points of a base are computed at once.

appended to: spaces.py
"""


def halton(n, d):
    points = np.zeros((n, d))
    primes = [p for p in range(2, 200) if all(p % q for q in range(2, p))]
    for j in range(d):
        left, share = np.arange(1, n + 1), 1.0
        while left.any():
            share /= primes[j]
            points[:, j] += share * (left % primes[j])
            left //= primes[j]
    return points
