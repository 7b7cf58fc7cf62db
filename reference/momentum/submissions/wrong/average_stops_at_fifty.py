"""The average counts fifty iterates at most, and forgets older ones little by little.

caught by: check_average_takes_no_more_memory_with_more_updates
message: the average of 100 iterates is off
not recognised: only values of measured calls are wrong, which leave no trace
"""


class IterateAverage(IterateAverage):
    def update(self, w):
        self.updates = min(self.updates + 1, self.start + 50)
        self.mean += (w - self.mean) / max(self.updates - self.start, 1)
