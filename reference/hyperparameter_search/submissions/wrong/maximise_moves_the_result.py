"""The point is moved once more after its value was taken.

caught by: check_maximum_inside_the_cube
message: was not evaluated
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
        near = np.clip(points + radius * rng.standard_normal(points.shape), 0.0, 1.0)
        found = acquisition(near)
        better = found > heights
        points = np.where(better[:, None], near, points)
        heights = np.where(better, found, heights)
        radius *= 0.92
    return np.clip(points[heights.argmax()] + 1e-3, 0, 1)
