"""The scale is halved without end.

caught by: check_loss_scaler_counts_good_steps_in_a_row
message: the scale after step
appended to: integers.py
"""


class LossScaler(LossScaler):
    def __init__(self, scale, interval):
        self.scale, self.interval, self.good = scale, interval, 0

    def update(self, found_inf):
        if found_inf:
            self.scale, self.good = self.scale / 2, 0
            return False
        self.good += 1
        if self.good == self.interval:
            self.scale, self.good = 2 * self.scale, 0
        return True
