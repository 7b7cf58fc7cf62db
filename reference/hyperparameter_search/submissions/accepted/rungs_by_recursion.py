"""The rungs and the brackets are found by recursion.

appended to: racing.py
"""


def rungs(R, eta, r=1):
    if R == r:
        return [r]
    if R < r or R % eta:
        raise ValueError(f"{R} is not {r} times a power of {eta}")
    return [*rungs(R // eta, eta, r), R]


def brackets(R, eta):
    ladder = rungs(R, eta)

    def bracket(n, epochs):
        return [(n, epochs)] if epochs == R else [(n, epochs), *bracket(n // eta, epochs * eta)]

    S = len(ladder) - 1
    starts = zip(range(S, -1, -1), ladder, strict=True)
    return [bracket(((S + 1) * eta**s + s) // (s + 1), epochs) for s, epochs in starts]
