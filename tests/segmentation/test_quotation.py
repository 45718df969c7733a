"""Marks without a direction get one by pairing, where no space tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.segmentation import Segmenter
from align.segmentation.quotation import directed

marked = st.text(st.sampled_from("海は。，：！ a1.\n\"'＂＇„“”‘’〝〟「」"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param('他说"好"。', "他说“好”。", id="straight"),
        pytest.param("他说＂好＂。", "他说“好”。", id="full width"),
        pytest.param("他说'好'。", "他说‘好’。", id="single"),
        pytest.param("他说＇好＇。", "他说‘好’。", id="single, full width"),
        pytest.param("他说„好“。", "他说“好”。", id="low"),
        pytest.param("他说：”好。“她笑。", "他说：“好。”她笑。", id="mirrored"),
        pytest.param("〝海〟は", "“海”は", id="primes"),
        pytest.param('海。"山"は。"川"は。', "海。“山”は。“川”は。", id="several"),
        pytest.param('"好。"', "“好。”", id="at the edges"),
        pytest.param('他买了27"的屏幕。', '他买了27"的屏幕。', id="inches"),
        pytest.param("他用don't开头。", "他用don't开头。", id="apostrophe"),
        pytest.param('说完了。"\n“再见。”', "说完了。”\n“再见。”", id="closes what came before"),
        pytest.param('他说：“走吧。"她没动。', "他说：“走吧。”她没动。", id="closes a curly one"),
        pytest.param('"Sit," she said.', '"Sit," she said.', id="not beside spaces"),
        pytest.param("„Komm“, sagt er.", "„Komm“, sagt er.", id="not in German"),
    ],
)
def test_marks_are_paired_within_the_block(written, meant):
    assert directed(written) == meant


@given(marked | st.text())
def test_nothing_but_quotation_marks_changes(text):
    result = directed(text)
    assert len(result) == len(text)
    for before, after in zip(text, result, strict=True):
        assert before == after or (before in "\"'＂＇„“”〝〞〟" and after in "“”‘’")


@given(marked)
def test_segments_have_the_marks_as_they_are_written(text):
    for language in ("zh", "ja"):
        pieces = Segmenter().split(text, language)
        assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_users_own_rules_see_the_text_as_it_is(tmp_path):
    rules = tmp_path / "own.srx"
    text = Segmenter().split('走吧。"好。"走了。', "zh")
    assert text == ["走吧。", '"好。"', "走了。"]
    rules.write_text(OWN, "utf-8")
    assert Segmenter(rules).split('走吧。"好。"走了。', "zh") == ['走吧。"', '好。"', "走了。"]


OWN = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="no">
    <formathandle type="start" include="no"/>
    <formathandle type="end" include="yes"/>
    <formathandle type="isolated" include="no"/>
  </header>
  <body>
    <languagerules>
      <languagerule languagerulename="Any">
        <rule break="yes">
          <beforebreak>。"?</beforebreak>
          <afterbreak>[\\s\\S]</afterbreak>
        </rule>
      </languagerule>
    </languagerules>
    <maprules><languagemap languagepattern=".*" languagerulename="Any"/></maprules>
  </body>
</srx>
"""
