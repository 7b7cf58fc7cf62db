"""All objects keep one rest together.

caught by: check_nothing_of_a_gradient_is_lost
message: the entries of message
not recognised: the few numbers of a small example say too little
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
