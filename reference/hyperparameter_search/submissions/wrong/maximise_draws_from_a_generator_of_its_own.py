"""Another generator than rng is used for the maximum.

caught by: check_maximum_inside_the_cube
message: the point of a second call with the same seed
appended to: bayesian.py
not recognised: its draws are others in every run
"""


def maximise(acquisition, d, rng):
    rng = np.random.default_rng()
    points = rng.random((1500, d))
    values = acquisition(points)
    radius = 0.1
    for _ in range(30):
        highest = np.argsort(-values, kind="stable")[:20]
        points, values = points[highest], values[highest]
        near = np.repeat(points, 5, axis=0)
        near = np.clip(near + radius * rng.standard_normal(near.shape), 0.0, 1.0)
        points = np.concatenate([points, near])
        values = np.concatenate([values, acquisition(near)])
        radius *= 0.8
    return points[np.argmax(values)]
