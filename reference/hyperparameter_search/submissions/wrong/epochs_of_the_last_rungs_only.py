"""Only the trials that reach R are counted.

caught by: check_predicted_epochs_are_those_of_the_schedule
message: predict_epochs
"""


def predict_epochs(R, eta, resume):
    return sum(trials * epochs for bracket in brackets(R, eta) for trials, epochs in bracket[-1:])
