"""Trials are numbered from 0 in each bracket.

caught by: check_hyperband_runs_its_brackets
message: the trial of entry
appended to: racing.py
"""


def hyperband(sample, train, R, eta):
    configs, history, winners = [], [], {}
    for bracket in brackets(R, eta):
        ladder = [epochs for _, epochs in bracket]
        search = successive_halving(sample(bracket[0][0]), train, ladder, eta)
        first = len(configs)
        configs += search.configs
        history += [e._replace(trial=e.trial) for e in search.history]
        at_the_end = {e.trial: e.score for e in search.history if e.epochs == R}
        winners[first + search.best] = at_the_end[search.best]
    return Search(configs, history, min(winners, key=lambda trial: rank(winners[trial])))
