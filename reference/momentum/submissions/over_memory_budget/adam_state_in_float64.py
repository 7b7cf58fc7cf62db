"""The averages of Adam are float64, whatever the parameters are.

caught by: check_adam_allocates_two_arrays_of_state
message: the budget is
"""


class Adam(Adam):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.means = [np.zeros(w.shape) for w in params]
        self.squares = [np.zeros(w.shape) for w in params]
