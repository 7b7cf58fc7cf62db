"""The largest numbers are sent, with their signs.

caught by: check_nothing_of_a_gradient_is_lost
message: the places of message
appended to: compression.py
"""


class TopK(TopK):
    def compress(self, gradient):
        total = gradient.copy() if self._kept is None else self._kept + gradient
        places = np.sort(np.argsort(-total, kind="stable")[: self.k])
        sent = total[places]
        total[places] = 0
        self._kept = total
        return places, sent
