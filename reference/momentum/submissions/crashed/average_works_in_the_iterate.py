"""The difference to the mean is computed in the array of the iterate.

caught by: check_average_is_the_mean_of_the_iterates
message: read-only
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        w -= self.mean
        w /= max(self.updates - self.start, 1)
        self.mean += w
