"""All points are random.

caught by: check_first_step_maximises_the_improvement
message: of the highest expected improvement
appended to: bayesian.py
"""


def bayes_opt(objective, d, n_warmup, n_total, gamma, sigma2, rng):
    X = rng.random((n_warmup, d))
    y = np.array([objective(x) for x in X])
    while len(y) < n_total:
        values = _standardised(y)
        gp, best = GP(gamma, sigma2).fit(X, values), values.min()

        def improvement(P, gp=gp, best=best):
            mean, variance = gp.predict(P)
            return expected_improvement(mean, np.sqrt(variance), best)

        x = rng.random(d)
        X, y = np.vstack([X, x]), np.append(y, objective(x))
    return X, y
