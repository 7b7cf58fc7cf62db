"""Only random points are looked at.

caught by: check_maximum_on_the_border
message: the acquisition at that point
appended to: bayesian.py
"""


def maximise(acquisition, d, rng):
    groups = np.arange(40)
    candidates = rng.random((40, 40, d))
    values = acquisition(candidates.reshape(-1, d)).reshape(40, -1)
    best = values.argmax(axis=1)
    points, heights = candidates[groups, best], values[groups, best]
    radius = 0.1
    for _ in range(80):
        near = rng.random(points.shape)
        found = acquisition(near)
        better = found > heights
        points = np.where(better[:, None], near, points)
        heights = np.where(better, found, heights)
        radius *= 0.92
    return points[heights.argmax()]
