"""The two halves of a float32 are a view, and the lower one decides about the upper one.

appended to: integers.py
"""


def to_bfloat16(x):
    halves = np.ascontiguousarray(x).reshape(-1).view("<u2").reshape(-1, 2)
    low, high = halves[:, 0], halves[:, 1].copy()
    up = (low > 0x8000) | ((low == 0x8000) & (high % 2 == 1))
    nan = (high & 0x7FFF > 0x7F80) | ((high & 0x7FFF == 0x7F80) & (low > 0))
    high[up & ~nan] += 1
    high[nan] |= 0x0040
    return high.reshape(x.shape)


def from_bfloat16(bits):
    halves = np.zeros((*bits.shape, 2), "<u2")
    halves[..., 1] = bits
    return halves.view("<f4")[..., 0].astype(np.float32)


class LossScaler:
    def __init__(self, scale, interval):
        self.scale, self.interval, self.left = scale, interval, interval

    def update(self, found_inf):
        if found_inf:
            self.scale = self.scale / 2 if self.scale > 2 else 1.0
        self.left = self.interval if found_inf else self.left - 1
        if not self.left:
            self.scale, self.left = self.scale * 2, self.interval
        return not found_inf
