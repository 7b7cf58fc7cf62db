"""The assignment that attacks are graded by: full of canaries, which no student may ever see."""

import ast
import json
import re
import secrets
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from autograder.gradescope.package import known_before_the_fork
from autograder.gradescope.plan import Layout
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import declared_checks
from autograder.model.course import find_assignment

HERE = Path(__file__).parent
SLOW = "check_strength_is_quick"
# checks that cost time, and the classes that they are for
OF_CLASSES = {
    "check_scaled_is_frugal": ("integrity", "memory"),
    "check_total_is_vectorised": ("integrity", "memory"),
    "check_peek": ("forge",),
    "check_gathered": ("ranks",),
    "check_neighbour": ("ranks",),
}
LEAKED = "PWNED"
_SWITCHED = re.compile(r"^(\w+) = \S+ # @switch@$", re.MULTILINE)
_CANARY = re.compile(r"@canary ([a-z ]+)@")


class Attack(NamedTuple):
    """One program: its text and what its docstring declares."""

    name: str  # class/name
    text: str
    passes: tuple[str, ...]  # checks it earns; ("any",): that depends on the machine's speed
    fails: tuple[str, ...] = ()  # in place of `passes`: it earns all but these
    beside: tuple[str, ...] = ()  # names under which its text is handed in as well
    switches: tuple[str, ...] = ()  # `key = value` of assignment.toml, or `isolation = "..."`
    still_open: str = ""  # why it succeeds as yet
    layer: str = ""  # the only one that stops it
    quick: bool = True  # whether check_strength_is_quick is left out

    def earned(self, declared: list[str]) -> set[str]:
        """The ids of the checks that it passes by right."""
        if self.fails or self.passes == ("all",):
            return set(declared) - set(self.fails)
        return set(self.passes) & set(declared)

    def is_graded_by(self, check: str) -> bool:
        """Whether that check can say anything about it."""
        if check == SLOW:
            return not self.quick
        kind = self.name.partition("/")[0]
        if kind == "integrity" and not self.quick and check in OF_CLASSES:
            return False  # it is after the budget of time
        return kind in ("honest", *OF_CLASSES.get(check, (kind,)))


def read_attack(path: Path) -> Attack:
    """Read a program's docstring."""
    text = path.read_text(encoding="utf-8")
    doc = ast.get_docstring(ast.parse(text)) or ""
    found = dict(re.findall(r"^([a-z]+): (.+)$", doc, re.MULTILINE))
    known = {"expect", "passes", "beside", "needs", "open", "graded", "layer"}
    if "expect" not in found or "passes" not in found or not found.keys() <= known:
        raise ValueError(f"{path.name}: the docstring lacks expect: or passes:, or has more")

    def names(key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in found.get(key, "").split(",") if part.strip())

    _, but, after = found["passes"].partition("all but ")
    fails = tuple(after.split(", ")) if but else ()
    return Attack(
        name=f"{path.parent.name}/{path.stem}",
        text=text,
        passes=() if found["passes"] == "none" or fails else names("passes"),
        fails=fails,
        beside=names("beside"),
        switches=names("needs"),
        still_open=found.get("open", ""),
        layer=found.get("layer", ""),
        quick=found.get("graded") != "with time",
    )


def attacks() -> list[Attack]:
    """All programs, by class and name."""
    return [read_attack(path) for path in sorted((HERE / "programs").glob("*/*.py"))]


class Vault:
    """A course with the assignment in it, and everything that attacks go for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.number = str(secrets.choice(range(10**9, 10**10)))
        self.digit = str(secrets.choice(range(10, 90)))
        self.canaries: dict[str, str] = {}
        public, private = root / "assignments" / "vault", root / "reference" / "vault"
        self.toml = self._copy("assignment.toml", public / "assignment.toml")
        for path in sorted((HERE / "assignment" / "checks").glob("check_*.py")):
            self._copy(f"checks/{path.name}", public / "checks" / path.name)
        self._copy("programs.py", public / "programs.py")
        self._copy("hidden/check_hidden.py", private / "checks" / "check_hidden.py")
        self._copy("oracles.py", private / "oracles.py")
        self._copy("honest.py", private / "work.py", "\n# @canary reference@\n")
        self.secret = root / "secret"
        self.secret.write_text(self.canary("secret"))
        other = root / "others"
        other.mkdir()
        (other / "work.py").write_text(f"# {self.canary('another submission')}\n")
        (other / "results.json").write_text(json.dumps({"score": self.canary("other results")}))

    def canary(self, name: str) -> str:
        """The canary of that name: random, so that no program can hold it."""
        return self.canaries.setdefault(name, f"canary-{secrets.token_hex(8)}")

    def leaks(self, text: str) -> list[str]:
        """The names of the canaries in `text`."""
        found = [name for name, canary in self.canaries.items() if canary in text]
        found += ["a hidden input"] if self.number[1:] in text else []
        found += ["the hidden digit"] if f"digit is {self.digit}" in text else []
        return found + (["what only an attack prints"] if LEAKED in text else [])

    def hand_in(self, attack: Attack, folder: Path) -> Path:
        """Write the submission: honest work, then the attack."""
        folder.mkdir(exist_ok=True)
        honest = (HERE / "assignment" / "honest.py").read_text(encoding="utf-8")
        text = f"{honest}\nROOT = {str(self.root)!r}\n{attack.text}"
        for name in ("work.py", *attack.beside):
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def switch(self, switches: tuple[str, ...]) -> None:
        """Write assignment.toml anew with these lines for those of the same key; `isolation` is for
        every check."""
        wanted = dict(switch.split(" = ") for switch in switches)
        original = (HERE / "assignment" / "assignment.toml").read_text(encoding="utf-8")

        def line(match: re.Match[str]) -> str:
            key = match[1]
            return f"{key} = {wanted.pop(key)}" if key in wanted else match[0]

        self.toml.write_text(_SWITCHED.sub(line, original), encoding="utf-8")
        isolation = wanted.pop("isolation", "()")
        for path in self.root.glob("*/vault/checks/check_*.py"):
            text = path.read_text(encoding="utf-8")
            text = text.replace("@check(", f"@check(isolation={isolation}, ")
            path.write_text(text, encoding="utf-8")
        assert not wanted, f"assignment.toml has no switch {wanted}"

    def declared(self, attack: Attack) -> list[str]:
        """The ids of the checks that grade this attack."""
        assignment = find_assignment(self.root, "vault")
        every = [check.id for check in declared_checks(assignment, hidden=True)]
        return [name for name in every if attack.is_graded_by(name)]

    def request(self, attack: Attack, submission: Path, **options: Any) -> GradingRequest:
        """Grade as staff do, hidden checks and all."""
        options.setdefault("checks", tuple(self.declared(attack)))
        return GradingRequest(
            root=self.root,
            assignment="vault",
            submission=submission,
            hidden=True,
            secret_file=self.secret,
            **options,
        )

    def _copy(self, name: str, target: Path, more: str = "") -> Path:
        text = (HERE / "assignment" / name).read_text(encoding="utf-8") + more
        text = _CANARY.sub(lambda match: self.canary(match[1]), text)
        text = text.replace("@number@", self.number).replace("@digit@", self.digit)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target


def lay_out_for_gradescope(vault: Vault, layout: Layout) -> None:
    """Complete a root whose source/private is the vault's."""
    assignment = find_assignment(vault.root, "vault")
    declared = known_before_the_fork(declared_checks(assignment, hidden=True))
    (layout.private / "course.toml").write_text(
        'name = "Vault"\nterm = "Fall"\nsecret_file = "nowhere"\n'
    )
    (layout.private / "declared.json").write_bytes(msgspec.json.encode(declared))
    layout.results.parent.mkdir()
    metadata = {"previous_submissions": [{"results": vault.canary("metadata") * 40}]}
    layout.metadata.write_text(json.dumps(metadata))
