"""Only what the last gradient left over is kept.

caught by: (later)
message: (later)
appended to: compression.py
"""


class TopK(TopK):
    def compress(self, gradient):
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(-np.abs(total), kind="stable")[: self.k])
        self._kept = gradient.copy()
        self._kept[places] = 0
        return places, total[places]
