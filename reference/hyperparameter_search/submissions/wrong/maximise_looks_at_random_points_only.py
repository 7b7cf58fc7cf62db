"""Only random points are looked at.

caught by: check_maximum_on_the_border
message: the acquisition at that point
appended to: bayesian.py
"""


def maximise(acquisition, d, rng):
    points = rng.random((1500, d))
    values = acquisition(points)
    radius = 0.1
    for _ in range(30):
        highest = np.argsort(-values, kind="stable")[:20]
        points, values = points[highest], values[highest]
        near = np.repeat(points, 5, axis=0)
        near = rng.random(near.shape)
        points = np.concatenate([points, near])
        values = np.concatenate([values, acquisition(near)])
        radius *= 0.8
    return points[np.argmax(values)]
