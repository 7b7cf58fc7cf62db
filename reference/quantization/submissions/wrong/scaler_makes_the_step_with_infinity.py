"""The step with infinity is made, though the scale is halved.

caught by: (later)
message: (later)
appended to: integers.py
"""


class LossScaler(LossScaler):
    def update(self, found_inf):
        super().update(found_inf)
        return True
