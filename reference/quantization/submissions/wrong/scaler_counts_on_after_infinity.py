"""The count of good steps goes on after infinity.

caught by: check_loss_scaler_counts_good_steps_in_a_row
message: the scale after step
appended to: integers.py
"""


class LossScaler(LossScaler):
    def __init__(self, scale, interval):
        self.scale, self.interval, self.good = scale, interval, 0

    def update(self, found_inf):
        if found_inf:
            self.scale = max(self.scale / 2, 1.0)
            return False
        self.good += 1
        if self.good % self.interval == 0:
            self.scale *= 2
        return True
