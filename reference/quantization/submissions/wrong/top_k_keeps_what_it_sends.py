"""What is sent is also kept, and sent again.

caught by: (later)
message: (later)
appended to: compression.py
"""


class TopK(TopK):
    def compress(self, gradient):
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(-np.abs(total), kind="stable")[: self.k])
        self._kept = total
        return places, total[places]
