"""The step that is left out counts as a good one.

caught by: check_loss_scaler_of_the_worked_example
message: the scale after step
appended to: integers.py
"""


class LossScaler(LossScaler):
    def __init__(self, scale, interval):
        self.scale, self.interval, self.good = scale, interval, 0

    def update(self, found_inf):
        self.good = 1 if found_inf else self.good + 1
        if found_inf:
            self.scale = max(self.scale / 2, 1.0)
        elif self.good >= self.interval:
            self.scale, self.good = 2 * self.scale, 0
        return not found_inf
