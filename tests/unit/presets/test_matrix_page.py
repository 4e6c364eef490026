"""The responsibility matrix of the power utility, as it stands in the docs.

To write both pages anew after a sentence changed on purpose, set KAMCORE_WRITE_GOLDEN=1 and run
this file.
"""

import os
from pathlib import Path
from typing import Literal

import pytest

from kamcore.facts import FlagField
from kamcore.presets import power_utility
from kamcore.routing import Space, draw_matrix
from kamcore.values import Lang

DUTIES = power_utility.duties(
    critical=FlagField("critical", en="critical account", zh="关键大客户"),
    important=FlagField("important", en="important customer", zh="重要客户"),
)
SPACE = Space(DUTIES.fields, open=("work",))
HEAD: dict[Lang, str] = {
    "en": "# The responsibility matrix of S0\n\n"
    "Drawn by `draw_matrix` from `power_utility.duties`; "
    "[how](responsibility.md#2-before-it-goes-live-the-matrix-the-proof-the-gap). "
    "[中文](responsibility-matrix.zh-CN.md) · [HTML](pictures/responsibility-matrix.html)\n\n",
    "zh": "# S0 责任矩阵\n\n由 `draw_matrix` 根据 `power_utility.duties` 绘制。"
    "[English](responsibility-matrix.md)\n\n",
}


@pytest.mark.parametrize(
    ("file", "lang", "form"),
    [
        ("responsibility-matrix.md", "en", "markdown"),
        ("responsibility-matrix.zh-CN.md", "zh", "markdown"),
        ("pictures/responsibility-matrix.html", "en", "html"),
    ],
)
def test_the_pages_of_the_docs_are_what_is_drawn(
    file: str, lang: Lang, form: Literal["markdown", "html"]
) -> None:
    page = Path("docs", file)
    drawn = draw_matrix(DUTIES, SPACE, lang=lang, form=form)
    if form == "markdown":
        drawn = HEAD[lang] + drawn
    else:
        drawn = f'<!doctype html>\n<meta charset="utf-8">\n{drawn}'
    if os.environ.get("KAMCORE_WRITE_GOLDEN"):
        page.write_text(drawn, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == drawn
