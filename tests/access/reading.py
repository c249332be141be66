"""What a page of HTML must not hold and must not lack, read without a browser."""

from collections import Counter
from html.parser import HTMLParser

TYPED = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
DATA = {"importmap", "application/json"}  # no script: what a script reads


class Page(HTMLParser):
    """Counts of what matters; `problems()` says in sentences what is wrong."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: Counter[str] = Counter()
        self.lang = ""
        self.inline: list[str] = []
        self.labels: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.forms: list[dict[str, object]] = []
        self.in_label = self.in_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = dict(pairs)
        self.tags[tag] += 1
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type") not in DATA):
            self.inline.append(f"<{tag}>")
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "label":
            self.in_label = True
            self.labels.add(given.get("for") or "")
        if tag == "form":
            self.in_form = True
            self.forms.append({"action": given.get("action"), "method": (given.get("method") or "get").lower()})
        if tag in TYPED:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str | None]) -> None:
        if given.get("name") == "csrfmiddlewaretoken" and self.in_form:
            self.forms[-1]["token"] = True
        if given.get("type") not in UNLABELLED and "hidden" not in given:
            self.fields.append((tag, given, self.in_label))

    def handle_endtag(self, tag: str) -> None:
        self.in_label = self.in_label and tag != "label"
        self.in_form = self.in_form and tag != "form"

    def problems(self) -> list[str]:
        found = [f"inline: {one}" for one in self.inline]
        found += [
            f"form without a token: {one}" for one in self.forms if one["method"] == "post" and "token" not in one
        ]
        found += [
            f"no label: {tag} {given.get('name')}"
            for tag, given, inside in self.fields
            if not (inside or given.get("id") in self.labels or given.get("aria-label") or given.get("aria-labelledby"))
        ]
        found += [f"id used twice: {name}" for name, count in self.ids.items() if count > 1]
        if self.tags["html"]:
            found += [f"{self.tags['h1']} headings of the first rank"] if self.tags["h1"] != 1 else []
            found += [] if self.lang == "en-GB" else [f"language {self.lang!r}"]
        return found
