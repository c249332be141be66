/* What the editor can hold: the office's dialect and nothing else (see core/documents/dialect.py, which has the last word).
   Paragraph ids travel with their block; a block split in two keeps its id on the first half only. */
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  Mark,
  Node,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
} from "django-prose-editor/editor";

const attribute = (name, read, write) => ({
  [name]: { default: null, keepOnSplit: false, parseHTML: read, renderHTML: write },
});

const WITH_IDS = ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "table"];

const BlockAttributes = Extension.create({
  name: "blockAttributes",
  addGlobalAttributes() {
    return [
      {
        types: WITH_IDS,
        attributes: attribute(
          "pid",
          (element) => element.getAttribute("data-pid"),
          ({ pid }) => (pid ? { "data-pid": pid } : {}),
        ),
      },
      {
        types: ["paragraph"],
        attributes: attribute(
          "kind",
          (element) => ["unnumbered", "source"].find((kind) => element.classList.contains(kind)) || null,
          ({ kind }) => (kind ? { class: kind } : {}),
        ),
      },
      {
        types: ["tableHeader"],
        attributes: attribute(
          "scope",
          (element) => element.getAttribute("scope"),
          ({ scope }) => (scope ? { scope } : {}),
        ),
      },
    ];
  },
});

/* The text of the note stands where its mark will; on paper it goes to the foot of the page. */
const Footnote = Mark.create({
  name: "footnote",
  priority: 1100,
  inclusive: false,
  parseHTML: () => [{ tag: "span.footnote" }],
  renderHTML: () => ["span", { class: "footnote" }, 0],
});

/* Words of a paper that are not for its public version. */
const Restricted = Mark.create({
  name: "restricted",
  inclusive: false,
  parseHTML: () => [{ tag: "mark" }],
  renderHTML: () => ["mark", { title: "OFFICIAL-SENSITIVE: not in the public version" }, 0],
});

/* A live figure: chosen from the picker, never typed. Its text here is a preview; the server sets what is printed. */
const LiveFigure = Node.create({
  name: "liveFigure",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    figure: { default: null, rendered: false, parseHTML: (element) => element.getAttribute("data-figure") },
    text: { default: "", rendered: false, parseHTML: (element) => element.textContent },
  }),
  parseHTML: () => [{ tag: "data[data-figure]" }],
  renderHTML: ({ node }) => ["data", { "data-figure": node.attrs.figure, title: `Live figure: ${node.attrs.figure}` }, node.attrs.text],
  renderText: ({ node }) => node.attrs.text,
});

/* The caption is a property of the table, shown above it by the style sheet. */
const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (element) => element.querySelector(":scope > caption")?.textContent.trim() || null,
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  renderHTML({ node, HTMLAttributes }) {
    const { style, "data-caption": caption, ...attributes } = HTMLAttributes;
    const rows = ["tbody", 0];
    return node.attrs.caption
      ? ["table", attributes, ["caption", {}, node.attrs.caption], rows]
      : ["table", attributes, rows];
  },
});

/* The caption has been read as a property of its table; as text it would fall between the cells. */
const CaptionText = Node.create({
  name: "captionText",
  parseHTML: () => [{ tag: "caption", ignore: true }],
});

const LIST_TYPES = [
  { label: "1, 2, 3", type: "decimal", description: "Numbers" },
  { label: "a, b, c", type: "lower-alpha", description: "Letters" },
  { label: "i, ii, iii", type: "lower-roman", description: "Roman numerals" },
];

const SIMPLE = [
  Document,
  Text,
  Paragraph,
  HardBreak,
  Bold,
  Italic,
  Superscript,
  Subscript,
  BulletList,
  OrderedList.configure({ listTypes: LIST_TYPES }),
  ListItem,
  Link.configure({ autolink: false, linkOnPaste: true, enableTarget: false, protocols: ["http", "https", "mailto"] }),
  History,
  Dropcursor,
  Gapcursor,
  BlockAttributes,
  Footnote,
  Restricted,
  LiveFigure,
];
const FULL = [
  ...SIMPLE,
  Heading.configure({ levels: [3, 4] }),
  Blockquote,
  CaptionedTable.configure({ resizable: false }),
  CaptionText,
  TableRow,
  TableHeader,
  TableCell,
];

export const extensionsFor = (tools) => (tools === "simple" ? SIMPLE : FULL);

/* ---- pasting from Word ------------------------------------------------------------------------------------------- */
/* As core/documents/word.py does: comments, their marks and what a tracked change took out are not the author's words;
   a note comes as a mark and a text at the end; a list as paragraphs that know their level, or that begin with a mark. */
const MARKER = /^\s*(?:([·•▪◦‣§\uf0b7\uf0a7o–-])|\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)])[\s\u00a0]+/;
const NOT_THE_AUTHORS = "del, .msocomanchor, .MsoCommentReference, .msocomtxt, .msocomoff, .MsoCommentText";
const COMMENTS = /mso-element:\s*comment(?:-list)?\b/i;
const LEVEL = /mso-list:[^;]*\blevel([1-9])/i;
const IGNORED = /mso-list:\s*ignore/i;
const MOST_LEVELS = 3;

const dropMarker = (paragraph, length) => {
  const texts = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let left = length; left > 0 && texts.nextNode(); ) {
    const text = texts.currentNode;
    const cut = Math.min(left, text.data.length);
    text.deleteData(0, cut);
    left -= cut;
  }
};

/* The policy blocks style attributes, and would say so for each one that Word brings along: they go by another name. */
const COMMENT = /<!--[\s\S]*?-->|<!\[[^>]*\]>|<style[\s\S]*?<\/style>/gi;
const STYLE = /\sstyle\s*=\s*/gi;
const unstyled = (html) => html.replace(COMMENT, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(STYLE, " data-mso="));
const mso = (element) => element.getAttribute("data-mso") || "";

const typeOf = (mark) => (/^\d/.test(mark) ? "1" : /^[ivx]+$/.test(mark) ? "i" : "a");

const bringNotesHome = (body) => {
  for (const mark of [...body.querySelectorAll("a[href^='#_ftn'], a[href^='#_edn']")]) {
    const note = [...body.querySelectorAll("div")].find((one) => `#_${one.id}` === mark.getAttribute("href"));
    if (!note || note.contains(mark)) continue;
    const home = body.ownerDocument.createElement("span");
    home.className = "footnote";
    home.textContent = note.textContent.replace(/\s+/g, " ").trim().replace(/^\[?\w{1,4}\]?\s+/, "");
    mark.replaceWith(home);
    note.remove();
  }
};

/* The level of an entry in a list, its kind (null for bullets) and its words without their mark; null for a paragraph. */
const entryOf = (paragraph) => {
  const mark = [...paragraph.querySelectorAll("span")].find((one) => IGNORED.test(mso(one)));
  const level = Number(mso(paragraph).match(LEVEL)?.[1] || 1);
  if (mark) {
    const said = mark.textContent.trim().match(/^\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]$/i);
    mark.remove();
    return { level, kind: said ? typeOf(said[1].toLowerCase()) : null };
  }
  const found = /\bMsoList/.test(paragraph.className) && paragraph.textContent.match(MARKER);
  if (!found) return null;
  dropMarker(paragraph, found[0].length);
  return { level, kind: found[2] ? typeOf(found[2]) : null };
};

export const cleanPaste = (html) => {
  const parsed = new DOMParser().parseFromString(unstyled(html), "text/html");
  const { body } = parsed;
  if (/\bmso/i.test(html)) {
    body.querySelectorAll(NOT_THE_AUTHORS).forEach((one) => one.remove());
    [...body.querySelectorAll("[data-mso]")].filter((one) => COMMENTS.test(mso(one))).forEach((one) => one.remove());
    bringNotesHome(body);
  }
  let stack = [];
  let last = null;
  for (const paragraph of [...body.querySelectorAll("p")]) {
    if (last && paragraph.previousElementSibling !== last) stack = [];
    const entry = entryOf(paragraph);
    if (!entry) {
      stack = [];
      last = null;
      continue;
    }
    const level = Math.min(entry.level, MOST_LEVELS, stack.length + 1);
    stack.length = Math.min(stack.length, level);
    if (stack.length === level && stack[level - 1].kind !== entry.kind) stack.pop();
    if (stack.length < level) {
      const list = parsed.createElement(entry.kind ? "ol" : "ul");
      if (entry.kind) list.setAttribute("type", entry.kind);
      const within = stack.at(-1)?.list.lastElementChild;
      if (within) within.append(list);
      else paragraph.before(list);
      stack.push({ list, kind: entry.kind });
    }
    const item = parsed.createElement("li");
    item.append(...paragraph.childNodes);
    stack.at(-1).list.append(item);
    last = stack[0].list;
    paragraph.remove();
  }
  body.querySelectorAll("[data-mso]").forEach((one) => one.removeAttribute("data-mso"));
  return body.innerHTML;
};
