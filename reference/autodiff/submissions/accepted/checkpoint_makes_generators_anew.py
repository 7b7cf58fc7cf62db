"""A second Generator is made from the state that the first one had before the first run."""


def checkpoint(fn, *xs):
    leaves = [i for i, x in enumerate(xs) if isinstance(x, Tensor) and x.requires_grad]
    if not leaves:
        return fn(*xs)
    states = [x.bit_generator.state if isinstance(x, np.random.Generator) else None for x in xs]
    datas = [x.data if isinstance(x, Tensor) else None for x in xs]
    with no_grad():
        y = fn(*xs)

    def again(i):
        if states[i] is not None:
            twin = type(xs[i].bit_generator)()
            twin.state = states[i]
            return np.random.Generator(twin)
        if isinstance(xs[i], Tensor):
            return Tensor(datas[i], requires_grad=i in leaves)
        return xs[i]

    def pull(g):
        inputs = [again(i) for i in range(len(xs))]
        with recording(True):
            z = fn(*inputs)
        z = z if isinstance(z, Tensor) else Tensor(z)
        return gradients_of(z, [inputs[i] for i in leaves], g)

    value = y.data if isinstance(y, Tensor) else y
    return recorded(value, [xs[i] for i in leaves], pull)
