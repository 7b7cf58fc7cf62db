"""A fine lattice of the cube is looked at.

caught by: check_maximum_inside_the_cube
message: over 5000 points
appended to: bayesian.py
"""


def maximise(acquisition, d, rng):
    axes = np.meshgrid(*[np.linspace(0.0, 1.0, 18 if d == 3 else 120)] * d)
    points = np.stack(axes, axis=-1).reshape(-1, d)
    return points[np.argmax(acquisition(points))]
