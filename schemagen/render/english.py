"""The singular of an English noun: a table `processes` holds rows of a class `Process`."""

from __future__ import annotations

import re

_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "feet": "foot",
    "mice": "mouse",
    "indices": "index",
    "vertices": "vertex",
    "matrices": "matrix",
    "criteria": "criterion",
    "axes": "axis",
    "movies": "movie",
    "cookies": "cookie",
    "caches": "cache",
    "shoes": "shoe",
    "leaves": "leaf",
    "shelves": "shelf",
    "halves": "half",
    "knives": "knife",
    "series": "series",
    "species": "species",
    "news": "news",
    "gas": "gas",
    "alias": "alias",
    "bias": "bias",
    "canvas": "canvas",
    "atlas": "atlas",
    "chaos": "chaos",
    "lens": "lens",
    "lenses": "lens",
    "gases": "gas",
    "aliases": "alias",
    "canvases": "canvas",
}
# The first ending that fits tells how many letters go and what comes for them.
_ENDINGS = (
    (r"(ss|us|is)$", 0, ""),  # address, status, analysis
    (r"(stat|vir|camp|bon|foc|b|cens|corp|stim|radi|gen|cact|min|pl)uses$", 2, ""),
    (r"(analy|paraly|synthe|hypothe|paralle|cri|the|diagno)ses$", 2, "is"),
    (r"(ss|x|sh|ch|zz)es$", 2, ""),  # processes, boxes, batches
    (r"[^aeiou]ies$", 3, "y"),  # histories
    (r"[^aeiou]oes$", 2, ""),  # heroes
    (r"s$", 1, ""),
)


def singular(noun: str) -> str:
    """Give the singular of a noun in lower case; what is no plural stays as it is."""
    if noun in _IRREGULAR or len(noun) < 3:  # noqa: PLR2004 - `is`, `os`
        return _IRREGULAR.get(noun, noun)
    if not noun.endswith("s"):
        return noun
    for ending, gone, instead in _ENDINGS:
        if re.search(ending, noun):
            return noun[: len(noun) - gone] + instead
    return noun
