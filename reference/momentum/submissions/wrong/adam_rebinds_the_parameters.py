"""Adam puts new arrays into the list, and the caller keeps the old ones.

caught by: check_adam_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class Adam(Adam):
    def step(self, params, grads):
        moved = [w.copy() for w in params]
        super().step(moved, grads)
        params[:] = moved
