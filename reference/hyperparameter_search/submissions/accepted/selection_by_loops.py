"""The choice, the curve and the border are plain loops."""


def honest_choice(configs, validate, test):
    best, lowest = 0, math.nan
    for number, config in enumerate(configs):
        score = validate(config)
        if number == 0 or score < lowest or (math.isnan(lowest) and not math.isnan(score)):
            best, lowest = number, score
    return best, lowest, test(configs[best])


def tuning_curve(scores, ks):
    ordered, n, curve = sorted(scores.tolist()), len(scores), []
    for k in ks:
        if k < 1 or k > n:
            raise ValueError(k)
        left, total = math.comb(n - 1, k - 1), 0.0
        whole = math.comb(n, k)
        for j in range(n - k + 1):
            total += left / whole * ordered[j]
            left = left * (n - k - j) // max(n - 1 - j, 1)
        curve.append(total)
    return np.array(curve)


def at_border(config, space, within=0.05):
    names = []
    for name, (kind, *ends) in space.items():
        if kind == "choice":
            continue
        scale = math.log if kind == "log-uniform" else float
        low, value, high = map(scale, (ends[0], config[name], ends[1]))
        if value - low <= within * (high - low) or high - value <= within * (high - low):
            names.append(name)
    return names
