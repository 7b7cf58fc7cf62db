"""States are kept by configuration, and two trials have the same.

caught by: check_halving_trains_each_trial_on
message: twice
appended to: racing.py
"""


def successive_halving(configs, train, ladder, eta):
    left, states, history = list(range(len(configs))), {}, []
    for epochs in ladder:
        scores = {}
        for trial in left:
            scores[trial], states[str(configs[trial])] = train(
                configs[trial], epochs, states.pop(str(configs[trial]), None)
            )
            history.append(Evaluation(trial, epochs, scores[trial]))
        ranking = sorted(left, key=lambda trial: rank(scores[trial]))
        left = sorted(ranking[: max(1, len(ranking) // eta)])
    return Search(list(configs), history, ranking[0])
