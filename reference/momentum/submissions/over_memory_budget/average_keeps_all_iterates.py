"""All iterates are kept, and averaged when asked for.

caught by: check_average_takes_no_more_memory_with_more_updates
message: bytes grow like
"""


class IterateAverage(IterateAverage):
    def __init__(self, w, start=0):
        self.seen, self.start = [w.copy()], start

    def update(self, w):
        self.seen.append(w.copy())

    def value(self):
        return np.mean(self.seen[1 + self.start :] or self.seen[-1:], axis=0)
