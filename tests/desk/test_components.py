"""The parts pages are made of: escaped, whole, usable by everybody, and fit for the strict policy."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.accounts.permissions import Role
from tests.desk.guide import DecisionForm, guide
from tests.factories.accounts import OfficeFactory, UserFactory

ROOT = Path(__file__).resolve().parents[2]
PARTS = sorted(
    path.stem
    for path in (ROOT / "templates/_components").glob("*.html")
    if path.stem not in {"guide", "header", "footer", "idle"}
)
HOSTILE = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


def drawn(source: str, **context: object) -> str:
    return Template("{% load components %}" + source).render(Context(context))


@pytest.fixture
def guide_page(db) -> str:
    OfficeFactory(is_demo=True)
    request = RequestFactory().get("/look/?show=overdue")
    request.user = UserFactory(roles=[Role.ANALYST])
    request.csp_nonce = "n0nce"
    return render_to_string("_components/guide.html", guide(), request)


def test_every_part_is_on_the_guide_and_in_the_list():
    used = set(re.findall(r'{% (?:part|component) "(\w+)"', (ROOT / "templates/_components/guide.html").read_text()))
    inner = {"error_list", "notice_mark", "table_cell", "quarter_picker"}  # drawn by the parts that own them
    readme = (ROOT / "templates/_components/README.md").read_text()
    assert set(PARTS) - inner == used
    assert [name for name in used if name not in readme] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{% part "page_header" title=words caption=words lead=words %}', 3),
        ('{% part "tag" text=words %}', 1),
        ('{% part "button" text=words href=words hidden=words %}', 3),
        ('{% part "button" text=words value=words confirm=words %}', 3),
        ('{% part "notice" text=words title=words %}', 2),
        ('{% part "empty" title=words text=words %}', 2),
        ('{% part "details" summary=words %}', 1),
        ('{% part "stat" label=words value=words change=words note=words %}', 4),
        ('{% part "timeline_entry" who=words sentence=words reason=words href=words %}', 4),
        ('{% part "diff" parts=parts %}', 3),
        ('{% part "table" caption=words columns=columns rows=rows %}', 5),
        ('{% part "symbol" svg="<svg/>" words=words quiet=True %}', 2),
        ('{% part "figure" svg="<svg/>" title=words subtitle=words source=words notes=words %}', 4),
        ('{% part "summary_list" rows=facts %}', 4),
        ('{% part "error_summary" errors=problems %}', 2),
        ('{% part "marking" text=words note=words %}', 2),
    ],
)
def test_part_escapes_every_word_it_is_given(source, words):
    html = drawn(
        source,
        words=HOSTILE,
        parts=[("same", HOSTILE), ("added", HOSTILE), ("removed", HOSTILE)],
        columns=[{"text": HOSTILE}],
        rows=[[{"text": HOSTILE, "href": HOSTILE}]],
        facts=[{"key": HOSTILE, "value": HOSTILE, "note": HOSTILE, "href": HOSTILE}],
        problems=[{"text": HOSTILE, "href": HOSTILE}],
    )
    assert (html.count(SAFE), "<script" in html) == (words, False)


@pytest.mark.parametrize(
    "svg",
    [
        "<p>words</p>",
        "<svg><script>x()</script></svg>",
        '<svg onload="x()"></svg>',
        '<svg><path style="fill:red"/></svg>',
        "<svg><style>path{fill:red}</style></svg>",
        '<svg><a href="javascript:x()"/></svg>',
        "<svg><foreignObject/></svg>",
    ],
)
def test_picture_that_could_run_or_the_policy_would_block_is_refused(svg):
    with pytest.raises(ValueError, match="presentation attributes only"):
        drawn('{% part "symbol" svg=svg words="Spike" %}', svg=svg)


def test_picture_that_only_speaks_of_such_things_is_drawn():
    svg = '<svg aria-label="on time = 4"><desc>style = none, one = 2</desc></svg>'
    assert drawn("{{ svg|inline_svg }}", svg=svg) == svg


def test_part_does_not_see_the_words_of_the_page_around_it():
    assert "From the page" not in drawn('{% part "empty" title="Nothing" %}', text="From the page")


def test_component_gets_its_body_and_its_slots_from_the_page():
    html = drawn(
        '{% component "figure" title="T" %}{{ a }}{% slot "table" %}[{{ b }}]{% endslot %}{% endcomponent %}',
        a="<1>",
        b="<2>",
    )
    assert re.findall(r"(?:&lt;1&gt;|\[&lt;2&gt;\])", html) == ["&lt;1&gt;", "[&lt;2&gt;]"]


@pytest.mark.parametrize(
    "source", ["{% part %}", '{% part "../base" %}', '{% part "tag" "Late" %}', '{% part "tag" x %}']
)
def test_misused_tag_is_a_syntax_error(source):
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


def test_unknown_tone_is_grey():
    assert 'class="tag tag--grey"' in drawn('{% part "tag" text="Odd" tone="mauve" %}')


@pytest.mark.parametrize(("done", "total", "width"), [(0, 28, 0), (14, 28, 50), (30, 28, 100), (None, 28, 0)])
def test_strip_draws_its_share_and_never_more_than_the_whole(done, total, width):
    html = drawn('{% part "strip" items=items %}', items=[{"label": "Data", "done": done, "total": total}])
    assert re.findall(r'strip__fill" width="(\d+)"', html) == [str(width)]


def test_strip_without_a_total_has_words_and_no_bar():
    html = drawn('{% part "strip" items=items %}', items=[{"label": "Paper due", "words": "in 6 working days"}])
    assert ("in 6 working days" in html, "<rect" in html) == (True, False)


def test_error_summary_leads_to_each_field_even_of_a_group():
    html = drawn('{% part "error_summary" form=form %}', form=DecisionForm({"reasons": "As advised", "board": "1"}))
    assert re.findall(r'<a href="(#\w+)">', html) == ["#id_title", "#id_marking_0"]


def test_error_summary_of_a_form_without_problems_is_nothing():
    assert drawn('{% part "error_summary" form=form %}', form=DecisionForm()).strip() == ""


def test_form_posts_with_its_token_and_a_get_form_without():
    context = {"form": DecisionForm(), "csrf_token": "t0ken"}
    posted = drawn('{% part "form" form=form cancel="/back/" %}', **context)
    asked = drawn('{% part "form" form=form method="get" %}', **context)
    assert ('name="csrfmiddlewaretoken" value="t0ken"' in posted, "t0ken" in asked) == (True, False)


def test_next_step_has_exactly_one_button_and_none_when_blocked():
    assert drawn('{% part "next_step" text="Sign" action="/sign/" %}', csrf_token="t").count("<button") == 1
    assert drawn('{% part "next_step" text="Sign" href="/sign/" %}').count("govuk-button") == 2  # class and behaviour
    assert drawn('{% part "next_step" text="Sign" action="/sign/" blocked="Two findings." %}').count("<button") == 0


def test_every_cell_of_a_drawn_table_says_its_column():
    html = drawn(
        '{% part "table" caption="C" columns=c rows=r %}', c=[{"text": "Month"}, {"text": "Crimes"}], r=[["May", "1"]]
    )
    assert re.findall(r"<t[hd]\b[^>]*>", html) == [
        '<th scope="col">',
        '<th scope="col">',
        '<th scope="row">',
        '<td data-label="Crimes">',
    ]


def test_pagination_keeps_the_other_parameters_of_the_address(guide_page):
    assert re.findall(r'class="pages__link" rel="(\w+)" href="([^"]+)"', guide_page) == [
        ("prev", "?show=overdue&amp;page=1"),
        ("next", "?show=overdue&amp;page=3"),
    ]


def test_quarter_picker_keeps_the_other_parameters_and_shows_the_quarter(guide_page):
    picker = re.search(r'<form class="quarter".*?</form>', guide_page, re.S).group()
    assert re.findall(r'name="(\w+)" value="(\w+)"', picker) == [("show", "overdue")]
    assert re.findall(r'value="([\w-]+)" selected', picker) == ["2019-q2"]


def test_guide_has_nothing_the_policy_would_block(guide_page):
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", guide_page) == []
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", guide_page, re.S)
    assert {("src=" in attributes, 'nonce="n0nce"' in attributes, body) for attributes, body in scripts} == {
        (True, True, "")
    }


def test_ids_on_the_guide_are_unique_and_every_picture_is_named_or_hidden(guide_page):
    ids = re.findall(r'\sid="([^"]+)"', guide_page)
    assert sorted(ids) == sorted(set(ids))
    unnamed = [
        svg for svg in re.findall(r"<svg[^>]*>", guide_page) if "aria-hidden" not in svg and "aria-label" not in svg
    ]
    assert unnamed == []
