"""CPU tensors cross the channel; other tensors are refused."""

from typing import Any

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402

from autograder.tests.sandbox.test_codec import through_bytes, towards_worker  # noqa: E402
from autograder.wire.codec import Encoder, ProtocolError, Unsendable  # noqa: E402
from autograder.wire.decode import Decoder  # noqa: E402

DTYPES = [
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16,
    torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128,
]  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3)])
def test_tensors_keep_dtype_shape_and_values(dtype: Any, shape: tuple[int, ...]) -> None:
    """A tensor of any plain dtype comes back equal, in both directions, in memory of its own."""
    tensor = torch.arange(int(np.prod(shape)), dtype=torch.float32).reshape(shape).to(dtype)
    for back in (through_bytes(tensor), towards_worker(tensor)):
        assert back.dtype == dtype
        assert back.shape == tensor.shape
        assert torch.equal(back, tensor)
        back.fill_(1)


def test_views_of_tensors_arrive_with_their_values() -> None:
    """Transposed, strided, conjugated and negated views arrive as what they show."""
    plain = torch.arange(6.0).reshape(2, 3)
    wave = torch.complex(plain, plain + 1)
    for view in (plain.T, plain[:, ::2], wave.conj(), wave.conj().imag, plain.expand(4, 2, 3)):
        assert torch.equal(through_bytes(view), view)


def test_requires_grad_is_kept() -> None:
    """A parameter and a leaf keep requires_grad, and the graph is left behind."""
    leaf = torch.ones(2, requires_grad=True)
    assert through_bytes(leaf).requires_grad
    assert through_bytes(torch.nn.Parameter(leaf)).requires_grad
    assert through_bytes(leaf * 2).is_leaf
    assert not through_bytes(leaf.detach()).requires_grad
    assert through_bytes(torch.ones(1, dtype=torch.complex64, requires_grad=True)).requires_grad


@pytest.mark.filterwarnings("ignore:torch.quantize")
def test_other_tensors_are_refused_by_name() -> None:
    """Sparse, quantised and meta tensors and subclasses are no plain values."""
    kinds = {
        "sparse_coo": torch.ones(2).to_sparse(),
        "tensor on meta": torch.ones(2, device="meta"),
        "qint8": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
        "Mine": torch.ones(2).as_subclass(type("Mine", (torch.Tensor,), {})),
        "MB": torch.ones(1).expand(10**9),
    }
    for name, tensor in kinds.items():
        with pytest.raises(Unsendable, match=name):
            Encoder().encode(tensor)


@pytest.mark.parametrize(
    "name", [n for n in dir(torch) if isinstance(getattr(torch, n), torch.dtype)]
)
def test_no_dtype_of_torch_breaks_the_decoder(name: str) -> None:
    """A hostile worker may name any dtype: the grader gets a value or raises ProtocolError."""
    for size in (0, 1, 16):
        tree = {"$": "tensor", "dtype": name, "shape": [size], "requires_grad": True, "buffer": 0}
        buffer = memoryview(bytes(size * getattr(torch, name).itemsize))
        try:
            assert Decoder([buffer]).decode(tree).dtype == getattr(torch, name)
        except ProtocolError as refusal:
            assert "tensor" in str(refusal)
