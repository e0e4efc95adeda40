"""The signs that a formula may hold: how each is drawn, and how it is said."""

from collections.abc import Iterator
from typing import NamedTuple


class Sign(NamedTuple):
    """`kind` says how it stands among others when read out: as a letter, as a word, between two spaces, or close to one."""

    drawn: str
    said: str
    kind: str = "word"


# name, sign, words (where they are not the name); by kind.
_LETTERS = """
alpha α|beta β|gamma γ|delta δ|epsilon ϵ|varepsilon ε epsilon|zeta ζ|eta η|theta θ|vartheta ϑ theta|iota ι|kappa κ|lambda λ|mu μ
nu ν|xi ξ|pi π|rho ρ|sigma σ|tau τ|upsilon υ|phi ϕ|varphi φ phi|chi χ|psi ψ|omega ω|ell ℓ l|hbar ℏ h bar
Gamma Γ capital gamma|Delta Δ capital delta|Theta Θ capital theta|Lambda Λ capital lambda|Xi Ξ capital xi|Pi Π capital pi
Sigma Σ capital sigma|Phi Φ capital phi|Psi Ψ capital psi|Omega Ω capital omega
infty ∞ infinity|partial ∂ partial|nabla ∇ nabla|emptyset ∅ the empty set|top ⊤ top|bot ⊥ bottom|ldots … …|dots … …|cdots ⋯ …
vdots ⋮ …|ddots ⋱ …|forall ∀ for all|exists ∃ there is|neg ¬ not|lnot ¬ not|star ⋆ star|ast ∗ star|circ ∘ of|prime ′ prime
"""
_BETWEEN = """
le ≤ ≤|leq ≤ ≤|ge ≥ ≥|geq ≥ ≥|ne ≠ ≠|neq ≠ ≠|lt < <|gt > >|ll ≪ far less than|gg ≫ far greater than|approx ≈ ≈
equiv ≡ is identical to|sim ∼ is distributed as|simeq ≃ ≈|propto ∝ is proportional to|cong ≅ is congruent to
in ∈ in|notin ∉ not in|ni ∋ contains|subset ⊂ inside|subseteq ⊆ inside or equal to|supset ⊃ around|cup ∪ union
cap ∩ intersected with|setminus ∖ without|times × ×|cdot · ·|div ÷ ÷|pm ± ±|mp ∓ ∓|odot ⊙ elementwise times|oplus ⊕ plus
otimes ⊗ tensor|land ∧ and|wedge ∧ and|lor ∨ or|vee ∨ or|to → to|rightarrow → to|leftarrow ← from|gets ← from|mapsto ↦ maps to
Rightarrow ⇒ implies|implies ⇒ implies|Leftarrow ⇐ follows from|Leftrightarrow ⇔ exactly if|iff ⇔ exactly if
leftrightarrow ↔ to and from|mid ∣ given|parallel ∥ parallel to|perp ⊥ independent of|colon : :
"""


def _signs(table: str, kind: str) -> Iterator[tuple[str, Sign]]:
    for entry in table.replace("\n", "|").split("|"):
        if entry:
            name, drawn, said = (*entry.split(" ", 2), "")[:3]
            yield f"\\{name}", Sign(drawn, said or name, kind)


SIGNS = {
    **dict(_signs(_LETTERS, "word")),
    **dict(_signs(_BETWEEN, "between")),
    r"\%": Sign("%", "%", "close"),
    r"\$": Sign("$", "$", "open"),
    r"\#": Sign("#", "#", "open"),
    r"\&": Sign("&", "&", "between"),
    r"\_": Sign("_", "_", "tight"),
    r"\{": Sign("{", "{", "open"),
    r"\}": Sign("}", "}", "close"),
    r"\|": Sign("‖", "‖"),
    r"\lfloor": Sign("⌊", "floor (", "open"),
    r"\rfloor": Sign("⌋", ")", "close"),
    r"\lceil": Sign("⌈", "ceiling (", "open"),
    r"\rceil": Sign("⌉", ")", "close"),
    r"\langle": Sign("⟨", "⟨", "open"),
    r"\rangle": Sign("⟩", "⟩", "close"),
    r"\lvert": Sign("|", "|", "open"),
    r"\rvert": Sign("|", "|", "close"),
}
# What stands on the keyboard; and the signs of above, typed as they are.
SIGNS |= {sign.drawn: sign for name, sign in reversed(SIGNS.items()) if not sign.drawn.isascii()}
SIGNS |= {mark: Sign(mark, mark, "between") for mark in "=<>+"}
SIGNS |= {mark: Sign(mark, mark, "open") for mark in "(["}
SIGNS |= {mark: Sign(mark, mark, "close") for mark in ")],.;:!%"}
SIGNS |= {
    "-": Sign("−", "−", "between"),
    "−": Sign("−", "−", "between"),
    "*": Sign("∗", "×", "between"),
    "/": Sign("/", "/", "tight"),
    "|": Sign("|", "|"),
}
SPACES = {r"\,": 0.17, r"\:": 0.22, r"\;": 0.28, r"\!": -0.17, r"\ ": 0.25, "~": 0.25, r"\quad": 1.0, r"\qquad": 2.0}
# Signs with bounds, and what stands before the lower one where there is no upper one.
BOUNDED = {
    r"\sum": ("∑", "sum"), r"\prod": ("∏", "product"), r"\int": ("∫", "integral"), r"\bigcup": ("⋃", "union"),
    r"\bigcap": ("⋂", "intersection"),
}  # fmt: skip
NAMED_WITH_BOUND = {rf"\{name}": name for name in ["max", "min", "argmax", "argmin", "lim", "sup", "inf"]}
NAMED = {
    rf"\{name}": name
    for name in "log ln lg exp sin cos tan sinh cosh tanh arctan arg det dim gcd ker deg Pr".split()  # noqa: SIM905 one line to read
}
ACCENTS = {
    r"\hat": ("ˆ", "hat"), r"\bar": ("¯", "bar"), r"\overline": ("―", "bar"), r"\tilde": ("˜", "tilde"),
    r"\vec": ("→", "vector"), r"\dot": ("˙", "dot"), r"\widehat": ("\u0302", "hat"), r"\widetilde": ("\u0303", "tilde"),
}  # fmt: skip
FENCES = {*"()[]|.", *(rf"\{name}" for name in "{ } | langle rangle lfloor rfloor lceil rceil lvert rvert".split())}  # noqa: SIM905 one line to read
ARRAYS = {"matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "cases": ("{", "")}
