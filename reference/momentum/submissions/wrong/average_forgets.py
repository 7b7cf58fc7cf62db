"""A moving average with a memory of 0.9 stands for the mean.

caught by: check_average_is_the_mean_of_the_iterates
message: the average after 1 updates with start = 0 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.mean += 0.1 * (w - self.mean)
