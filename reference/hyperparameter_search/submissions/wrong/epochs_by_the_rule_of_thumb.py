"""Each bracket is taken to cost (S + 1) R epochs.

caught by: check_predicted_epochs_are_those_of_the_schedule
message: predict_epochs
"""


def predict_epochs(R, eta, resume):
    return len(brackets(R, eta)) ** 2 * R
