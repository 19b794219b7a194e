"""What TeX commands stand for: the signs they print, and the accents they set on letters."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ"
    " nu ν xi ξ pi π varpi ϖ rho ρ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta"
    " Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_MATHS = (
    "le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫"
    " pm ± mp ∓ times × div ÷ cdot · ast ∗ circ ∘ bullet • oplus ⊕ otimes ⊗ wedge ∧ vee ∨ land ∧ lor ∨ neg ¬ lnot ¬"
    " cap ∩ cup ∪ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ in ∈ notin ∉ ni ∋ emptyset ∅ varnothing ∅ setminus ∖"
    " forall ∀ exists ∃ nexists ∄ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ iint ∬ oint ∮ sqrt √ angle ∠ perp ⊥"
    " parallel ∥ mid ∣ to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒"
    " Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈"
    " rceil ⌉ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ vdots ⋮ cdots ⋯ ldots … dots … dotsc … top ⊤ bot ⊥ vdash ⊢"
)
_TEXT = (
    "textendash – textemdash — textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” S § P ¶ pounds £"
    " euro € texteuro € copyright © textcopyright © textregistered ® texttrademark ™ textdegree ° degree °"
    " textbackslash \\ textasciitilde ~ textasciicircum ^ textbar | textless < textgreater > textbullet • ss ß o ø O Ø"
    " l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ TeX TeX LaTeX LaTeX LaTeXe LaTeX2e"
)


def _pairs(words: str) -> dict[str, str]:
    parts = words.split(" ")
    return dict(zip(parts[::2], parts[1::2], strict=True))


SYMBOLS = {**_pairs(_GREEK), **_pairs(_MATHS), **_pairs(_TEXT)}
"""What a command prints, by its name without the backslash."""

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
}
"""The combining character of an accent's command."""
