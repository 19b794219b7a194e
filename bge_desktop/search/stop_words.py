"""Words that a question is made of and that tell nothing of its answer, as the analysis gives them."""

from __future__ import annotations

from bge_desktop.library.words import normalise

_ENGLISH = """
a about after again all also am an and any are as at be because been before being between both but by can could did do
does doing don down during each few for from further get give had has have having he her here hers him his how i if in
into is it its just let ll m may me might more most much must my no nor not now of off on once one only or other our
out over own re s same she should so some such t than that the their them then there these they this those through to
too under until up ve very was we were what when where which while who whom whose why will with would you your
"""

# In pairs of characters, as Chinese is indexed.
_CHINESE = """
怎么 什么 为什 如何 怎样 哪些 哪个 哪里 哪天 多少 可以 能不 不能 一个 一下 这个 那个
这些 那些 我们 你们 他们 是否 是不 有没 没有 以及 或者 还是
"""

STOP_WORDS = frozenset({normalise(word) for word in _ENGLISH.split()} | set(_CHINESE.split()))
