"""Rich text and form assets in templates."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from core.documents.forms import OfficeForm, RichTextField


def rendered(template, **context):
    return Template("{% load documents %}" + template).render(Context(context))


def test_rich_cleans_what_it_shows():
    assert rendered("{{ text|rich }}", text="<p onclick=x>a<script>b</script></p>") == "<p>a</p>"
    assert rendered("{{ text|rich }}", text=None) == ""


def test_words_counts_and_word_diff_shows():
    assert rendered("{{ text|words }}", text="<p>one two</p>") == "2"
    shown = rendered("{% word_diff old new %}", old="<p>one</p>", new="<p>two</p>")
    assert re.sub(r"<span.*?</span>", "", shown) == "<p><del>one</del><ins>two</ins></p>"


class Form(OfficeForm):
    text = RichTextField()


@pytest.fixture
def request_with_nonce():
    request = RequestFactory().get("/")
    request.csp_nonce = "abc123"
    return request


def test_form_media_names_every_asset_under_the_nonce(request_with_nonce):
    media = rendered("{% form_media form %}", form=Form(), request=request_with_nonce)
    tags = re.findall(r"<(?:script|link)[^>]*>", media)
    assert len(tags) == 3
    assert [tag for tag in tags if 'nonce="abc123"' not in tag] == []
    assert re.findall(r"static/(\S+\.(?:js|css))", media) == [
        "django_prose_editor/editor.js",
        "js/editor-dialect.js",
        "css/editor.css",
        "js/editor.js",
    ]
