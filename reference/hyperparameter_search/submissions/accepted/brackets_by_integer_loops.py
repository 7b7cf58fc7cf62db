"""The brackets are counted up in loops of whole numbers.

appended to: racing.py
"""


def brackets(R, eta):
    S, power = 0, 1
    while power < R:
        S, power = S + 1, power * eta
    if power != R:
        raise ValueError("R must be a power of eta")
    table, s = [], S
    while s >= 0:
        n = 0
        while n * (s + 1) < (S + 1) * eta**s:
            n += 1 if S < 4 else max(1, ((S + 1) * eta**s - n * (s + 1)) // (s + 1))
        rows, epochs = [], R // eta**s
        while epochs <= R:
            rows.append((n, epochs))
            n, epochs = n // eta, epochs * eta
        table.append(rows)
        s -= 1
    return table
