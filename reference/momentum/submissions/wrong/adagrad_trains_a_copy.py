"""AdaGrad moves copies of the parameters, which it made when it was constructed.

caught by: check_adagrad_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class AdaGrad(AdaGrad):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.params = [w.copy() for w in params]

    def step(self, params, grads):
        super().step(self.params, grads)
