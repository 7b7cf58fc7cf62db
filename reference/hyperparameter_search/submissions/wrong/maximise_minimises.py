"""The acquisition is minimised.

caught by: check_maximum_inside_the_cube
message: a point that was evaluated is higher
appended to: bayesian.py
"""


def maximise(acquisition, d, rng):
    points = rng.random((1500, d))
    values = acquisition(points)
    radius = 0.1
    for _ in range(30):
        highest = np.argsort(values, kind="stable")[:20]
        points, values = points[highest], values[highest]
        near = np.repeat(points, 5, axis=0)
        near = np.clip(near + radius * rng.standard_normal(near.shape), 0.0, 1.0)
        points = np.concatenate([points, near])
        values = np.concatenate([values, acquisition(near)])
        radius *= 0.8
    return points[np.argmin(values)]
