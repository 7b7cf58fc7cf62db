"""The w of the constructor counts as an iterate.

caught by: check_average_is_the_mean_of_the_iterates
message: the average after 1 updates with start = 0 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        self.mean += (w - self.mean) / (max(self.updates - self.start, 0) + 1)
