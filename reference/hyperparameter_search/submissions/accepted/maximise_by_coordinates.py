"""Steps along the coordinates, from several starts, with a step that is halved.

appended to: bayesian.py
"""


def maximise(acquisition, d, rng):
    start = rng.random((1200, d))
    values = np.asarray(acquisition(start))
    best = np.argsort(values)[::-1][:25]
    points, heights, step = start[best], values[best], 0.1
    for _ in range(24):
        moves = np.concatenate([np.eye(d), -np.eye(d)]) * step
        tried = np.clip(points[:, None] + moves, 0, 1)
        found = np.asarray(acquisition(tried.reshape(-1, d))).reshape(len(points), 2 * d)
        choice = found.argmax(axis=1)
        rows = np.arange(len(points))
        better = found[rows, choice] > heights
        points = np.where(better[:, None], tried[rows, choice], points)
        heights = np.where(better, found[rows, choice], heights)
        step *= 0.8 if better.any() else 0.5
    return points[heights.argmax()]
