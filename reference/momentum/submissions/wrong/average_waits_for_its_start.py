"""Until the start, the average is the w of the constructor.

caught by: check_average_is_the_mean_of_the_iterates
message: the average after 1 updates with start = 12 is off
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates += 1
        if self.updates > self.start:
            self.mean += (w - self.mean) / (self.updates - self.start)
