"""The grader's decoder accepts any bytes: it returns a value or raises ProtocolError."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.tests.sandbox.fuzz import examples, fuzz, read
from autograder.wire.codec import ProtocolError

ROOT = Path(__file__).resolve().parents[3]


def test_the_examples_themselves_are_read() -> None:
    """The frames that the other tests mutate are valid before."""
    assert len([read(frame) for frame in examples()]) == 6


def test_mutated_frames_give_protocol_errors_and_nothing_else() -> None:
    """Frames with odd values, cut or flipped frames raise nothing but ProtocolError."""
    assert fuzz(seed=1, rounds=4000) > 2000


@given(st.binary(max_size=300))
def test_arbitrary_bytes_give_protocol_errors_and_nothing_else(data: bytes) -> None:
    """Random bytes are refused with ProtocolError."""
    with pytest.raises(ProtocolError):
        read(data)


json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner),
        st.dictionaries(st.sampled_from(["$", "items", "buffer", "shape", "dtype", "text"]), inner),
    ),
)


@given(json)
def test_any_tree_gives_a_value_or_a_protocol_error(tree: object) -> None:
    """Any JSON in place of the value is decoded or refused."""
    header = msgspec.json.encode({"kind": "return", "nonce": 1, "value": tree})
    size = len(header).to_bytes(4, "big") + bytes(8)
    try:
        read(size + header)
    except ProtocolError as refusal:
        assert str(refusal)


def test_the_long_run_is_a_command() -> None:
    """`ci/fuzz_channel.py --minutes` does the same for longer, and prints how much it did."""
    command = [sys.executable, str(ROOT / "ci" / "fuzz_channel.py"), "--minutes", "0.001"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    assert "frames" in done.stdout
    assert "refused" in done.stdout
