"""All objects keep one rest together.

caught by: check_nothing_of_a_gradient_is_lost
message: could not be broadcast together
appended to: compression.py
"""


class TopK(TopK):
    shared = {}  # noqa: RUF012

    def compress(self, gradient):
        total = self.shared.get("kept", 0) + gradient
        places = np.sort(np.argsort(-np.abs(total), kind="stable")[: self.k])
        sent = total[places]
        total[places] = 0
        self.shared["kept"] = total
        return places, sent
