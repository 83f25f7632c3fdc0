"""Single facts about names in scripts without capitals; the sentences are in ``test_uncased_sentences.py``."""

from __future__ import annotations

import pytest

from entnorm.mentions.korean import locative, native_points, stems, without_type
from entnorm.mentions.semitic import usual_names
from entnorm.mentions.words import common_words, is_korean_name, is_word
from entnorm.pipeline import Normalizer


def found(norm: Normalizer, text: str, lang: str) -> list[tuple[str, str, str]]:
    mentions = norm(text, lang=lang).mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)
    return [(m.text, m.kind, m.name) for m in mentions]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("zh", "外交部发言人林志强周三表示", ("林志强", "person", "Lin Zhiqiang")),
        ("zh", "演員梁曉峰說", ("梁曉峰", "person", "Liang Xiaofeng")),
        ("zh", "记者约翰·史密斯报道", ("约翰·史密斯", "person", "Yuehan Shimisi")),
        ("ja", "石川健一首相は会見を開いた", ("石川健一", "person", "Kenichi Ishikawa")),
        ("ja", "ジョン・スミス氏は弁護士だ", ("ジョン・スミス", "person", "Jon Sumisu")),
        ("ko", "경찰은 박정훈(45) 씨를 구속했다", ("박정훈", "person", "Park Jung-hoon")),
    ],
)
def test_people_on_no_list_get_a_readable_name(
    norm: Normalizer, lang: str, text: str, name: tuple[str, str, str]
) -> None:
    assert found(norm, text, lang) == [name]


def test_a_famous_japanese_family_name_means_its_bearer(norm: Normalizer) -> None:
    assert [m.name for m in norm("石破首相は会談した。", lang="ja").mentions] == ["Shigeru Ishiba"]


def test_a_number_before_it_does_not_hide_a_run(norm: Normalizer) -> None:
    assert [m.name for m in norm("12日大阪で会議が開かれた。", lang="ja").mentions] == ["Osaka"]


def test_a_person_met_with_a_title_is_known_without(norm: Normalizer) -> None:
    text = "教授贾文山出席了会议。大家认为贾文山的话很有道理。"
    assert [m.text for m in norm(text, lang="zh").mentions] == ["贾文山", "贾文山"]


def test_a_place_that_begins_an_organisation_is_none(norm: Normalizer) -> None:
    assert found(norm, "他毕业于北京大学", "zh") == []
    assert [m.name for m in norm("他住在北京", lang="zh").mentions] == ["Beijing"]


def test_a_city_is_found_without_its_type_word(norm: Normalizer) -> None:
    assert [m.name for m in norm("山东东营发生洪灾。", lang="zh").mentions] == ["Shandong", "Dongying"]


def test_particles_follow_the_sound() -> None:
    assert ("박정훈", "은") in stems("박정훈은")
    assert ("김민수", "은") not in stems("김민수은")


def test_korean_names_and_words() -> None:
    assert is_korean_name("김민수")
    assert not is_word("김민수", "ko")
    assert is_word("이사회", "ko")
    assert not is_korean_name("이사회")
    name, word = native_points("김민수"), native_points("고르기")
    assert name is not None
    assert word is not None
    assert name > 1.0 > word
    assert native_points("블라디미르") is None
    assert locative("서울에서", "서울")
    assert not locative("서울이", "서울")
    assert without_type("캘리포니아주의") == "캘리포니아"
    assert without_type("서울") == ""


def test_words_of_every_day_and_usual_names_are_told_apart() -> None:
    assert "را" in common_words("fa")
    assert "تهران" not in common_words("fa")
    assert usual_names("he")["משה"] == "given"
    assert usual_names("ar").get("المفاوضات") is None


@pytest.mark.parametrize("lang", ["ka", "hi", "th", "ur", "hy"])
def test_other_scripts_do_no_harm(norm: Normalizer, lang: str) -> None:
    texts = {
        "ka": "დღეს კარგი ამინდია.",
        "hi": "आज मौसम अच्छा है।",
        "th": "วันนี้อากาศดีมาก",
        "ur": "آج موسم بہت اچھا ہے۔",
        "hy": "այսօր լավ եղանակ է։",
    }
    assert norm(texts[lang], lang=lang).mentions == ()
