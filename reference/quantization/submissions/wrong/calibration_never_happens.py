"""The calibration adds nothing, as in a GPTQ of Keras whose hooks never fired.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        pass
