"""The calibration adds nothing.

As in a GPTQ of Keras whose hooks never fired.

caught by: check_calibration_of_the_worked_example
message: H: 4 of 4 are wrong
not recognised: the few numbers of a small example say too little
"""


class Calibration(Calibration):
    def update(self, X):
        pass
