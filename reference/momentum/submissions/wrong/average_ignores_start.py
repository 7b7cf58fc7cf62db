"""All iterates count, whatever start is.

caught by: check_average_is_the_mean_of_the_iterates
message: with start = 12 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        self.mean += (w - self.mean) / self.updates
