"""While nothing is averaged, the array of the caller is kept.

caught by: check_average_is_the_mean_of_the_iterates
message: the average after 1 updates with start = 0 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        if self.updates <= self.start + 1:
            self.mean = w
        else:
            self.mean = self.mean + (w - self.mean) / (self.updates - self.start)
