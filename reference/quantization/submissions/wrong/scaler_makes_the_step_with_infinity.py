"""The step with infinity is made, though the scale is halved.

caught by: check_loss_scaler_of_the_worked_example
message: whether step
appended to: integers.py
"""


class LossScaler(LossScaler):
    def update(self, found_inf):
        super().update(found_inf)
        return True
