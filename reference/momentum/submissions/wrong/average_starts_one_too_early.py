"""The average starts one iterate too early.

caught by: check_average_is_the_mean_of_the_iterates
message: with start = 12 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        self.mean += (w - self.mean) / max(self.updates - self.start + (self.start > 0), 1)
