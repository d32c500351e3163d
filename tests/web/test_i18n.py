"""Chinese is the source, English complete: a sentence without a translation is a failure."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from service.web import i18n, report_words, words

HERE = Path(i18n.__file__).parent
CJK = re.compile(r"[\u4e00-\u9fff]")
SOURCES = sorted(
    path
    for folder in (HERE, *(HERE.parent / name for name in ("auth", "ledger", "review", "setup")))
    for path in folder.rglob("*.py")
) + sorted((HERE.parent / "reports").glob("*.py"))
NOT_SHOWN = {"words.py", "access_table.py", "standard.py", "order.py"}
# workbooks and templates are documents: Chinese
NOT_SHOWN |= {"ledger_xlsx.py", "scores_xlsx.py", "hall_papers.py"}


def template_messages() -> set[str]:
    found = extract_from_dir(HERE / "templates", method_map=[("**.html", "jinja2")])
    return {str(message) for _, _, message, _, _ in found}


def code_messages() -> set[str]:
    """Every Chinese literal of the code that is no docstring."""
    found: set[str] = set()
    for path in SOURCES:
        if path.name in NOT_SHOWN:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        statements = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and CJK.search(node.value)
                and id(node) not in statements
            ):
                found.add(node.value)
    return found


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in i18n.catalogue_files("en"):
        with path.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id}
    return found


def test_every_sentence_has_its_english(english: dict[str, str]) -> None:
    ours = (
        template_messages()
        | set(words.ALL_WORDS)
        | set(report_words.ALL)
        | (code_messages() - set(ALREADY_ENGLISH))
    )
    assert sorted(ours - english.keys()) == []


ALREADY_ENGLISH = ("中文", "人工补记。", "、")


def test_no_translation_is_left_over(english: dict[str, str]) -> None:
    ours = template_messages() | set(words.ALL_WORDS) | set(report_words.ALL) | code_messages()
    assert sorted(english.keys() - ours) == []


def test_translations_keep_the_places_for_values(english: dict[str, str]) -> None:
    place = re.compile(r"{\w+}")
    for source, text in english.items():
        assert sorted(place.findall(source)) == sorted(place.findall(text)), source
        assert text
        assert not CJK.search(text), source


@pytest.mark.parametrize(
    ("text", "locale"),
    [("zh", "zh_CN"), ("zh-CN", "zh_CN"), ("en", "en"), ("en-GB", "en"), ("fr", None), ("", None)],
)
def test_languages_are_read_as_people_write_them(text: str, locale: str | None) -> None:
    assert i18n.parse_locale(text) == locale


def test_no_two_pages_translate_one_word_differently() -> None:
    """Catalogues are read as one, and only one of the two translations would ever be shown."""
    told: dict[str, dict[str, str]] = {}
    for path in i18n.catalogue_files("en"):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    told.setdefault(str(message.id), {})[path.name] = str(message.string)
    assert {word: by for word, by in told.items() if len(set(by.values())) > 1} == {}
