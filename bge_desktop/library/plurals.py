"""Irregular plurals of English, which the stemmer leaves apart from their singulars.

Those that are forms of another word as well are left out: "leaves" (to leave), "lives" (to live), "bases" (base),
"axes" (axe), "data" and "media" (nobody's plurals any more), "dice".
"""

from __future__ import annotations

_BY_ENDING = {
    # the ending of the plural and of the singular: their common beginnings
    ("men", "man"): "wo fire police business crafts sales chair fisher post work clergy states spokes",
    ("ves", "f"): "hal cal wol el shel sel thie loa shea scar whar dwar hoo",
    ("ves", "fe"): "kni wi midwi housewi",
    ("ses", "sis"): """
        the hypothe synthe parenthe diagno progno analy paraly cri oa neuro psycho empha synop gene metamorpho
        prosthe photosynthe
        """,
    ("ria", "rion"): "crite",
    ("mena", "menon"): "pheno",
    ("ices", "ix"): "matr append",
    ("ices", "ex"): "ind vert vort",
    ("i", "us"): "rad cact fung nucle stimul alumn syllab loc bacill",
    ("a", "um"): "curricul bacteri memorand addend errat symposi millenni strat",
    ("eaux", "eau"): "bur plat chat tabl",
}
_OTHERS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "lice": "louse",
    "oxen": "ox",
    "quizzes": "quiz",
}
IRREGULAR_PLURALS = {
    **{f"{start}{plural}": f"{start}{one}" for (plural, one), starts in _BY_ENDING.items() for start in starts.split()},
    **_OTHERS,
}
"""The singular of each, in lower case."""
