"""The entries that are sent leave out what was kept for them.

caught by: check_nothing_of_a_gradient_is_lost
message: the entries of message
appended to: compression.py
"""


class TopK(TopK):
    def compress(self, gradient):
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(-np.abs(total), kind="stable")[: self.k])
        total[places] = 0
        self._kept = total
        return places, gradient[places]
