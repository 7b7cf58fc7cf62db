"""Each step makes a new velocity and a new model.

caught by: check_momentum_allocates_nothing
message: the budget is
appended to: threads.py
"""


def _step(W, V, G, alpha, beta):
    new_velocity = beta * V - alpha * G
    new_model = W + new_velocity
    V[:], W[:] = new_velocity, new_model
