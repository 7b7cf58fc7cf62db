"""Of equal magnitudes the higher place is sent.

caught by: (later)
message: (later)
appended to: compression.py
"""


class TopK(TopK):
    def compress(self, gradient):
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(np.abs(total), kind="stable")[-self.k :])
        sent = total[places]
        total[places] = 0
        self._kept = total
        return places, sent
