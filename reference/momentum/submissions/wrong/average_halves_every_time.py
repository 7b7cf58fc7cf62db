"""Every update takes the mean of the average and the iterate.

caught by: check_average_is_the_mean_of_the_iterates
message: the average after 3 updates with start = 0 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        self.mean = (self.mean + w) / 2 if self.updates > self.start + 1 else w.copy()
