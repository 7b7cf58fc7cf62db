"""Points and values are lists; the acquisition is a closure.

appended to: bayesian.py
"""


def bayes_opt(objective, d, n_warmup, n_total, gamma, sigma2, rng):
    points, values = list(rng.random((n_warmup, d))), []
    for x in points:
        values.append(objective(x))
    model = GP(gamma, sigma2)
    for _ in range(n_total - n_warmup):
        finite = [v for v in values if math.isfinite(v)]
        worst = max(finite) if finite else 0.0
        y = np.array([v if math.isfinite(v) else worst for v in values])
        y = y - y.mean()
        y = y / y.std() if y.std() > 0 else y
        model.fit(np.array(points), y)

        lowest = float(np.min(y))

        def score(P, lowest=lowest):
            mean, variance = model.predict(P)
            return expected_improvement(mean, variance**0.5, lowest)

        points.append(maximise(score, d, rng))
        values.append(objective(points[-1]))
    return np.array(points), np.array(values)
