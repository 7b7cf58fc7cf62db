"""Halves of bytes are sums and remainders, and the matrix is filled up by np.pad.

appended to: uniform.py
"""


def pack_nibbles(codes):
    even = np.pad(codes, ((0, 0), (0, codes.shape[1] % 2)))
    nibbles = np.mod(even.astype(np.int16), 16)
    return (nibbles[:, ::2] + 16 * nibbles[:, 1::2]).astype(np.uint8)


def unpack_nibbles(packed, d, signed):
    high, low = np.divmod(packed.astype(np.int16), 16)
    codes = np.dstack([low, high]).reshape(packed.shape[0], 2 * packed.shape[1])[:, :d]
    return ((codes + 8) % 16 - 8).astype(np.int8) if signed else codes.astype(np.uint8)


def pack_threes(codes):
    rows, d = codes.shape
    eights = np.zeros((rows, -(-d // 8), 8), np.uint32)
    eights.reshape(rows, -1)[:, :d] = codes
    words = (eights << np.arange(0, 24, 3, dtype=np.uint32)).sum(axis=2)
    stored = words[:, :, None] // np.array([1, 256, 65536]) % 256
    return stored.reshape(rows, -1)[:, : -(-3 * d // 8)].astype(np.uint8)
