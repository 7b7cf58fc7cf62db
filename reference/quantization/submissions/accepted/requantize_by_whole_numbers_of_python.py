"""Each sum is a whole number of Python, and the factor an exact fraction.

appended to: integers.py
"""

from fractions import Fraction


def fixed_point(factor):
    exact, shift = Fraction(factor), 31
    while exact * 2**shift < 2**30:
        shift += 1
    multiplier = round(exact * 2**shift)
    return (multiplier, shift) if multiplier < 2**31 else (multiplier // 2, shift - 1)


def requantize(acc, multiplier, shift, zero, bits):
    def code(total):
        size = (2 * abs(total) * multiplier + 2**shift) // 2 ** (shift + 1)
        return min(max((size if total >= 0 else -size) + zero, 0), 2**bits - 1)

    return np.array([code(int(total)) for total in acc.flat], np.uint8).reshape(acc.shape)
