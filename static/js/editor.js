/* Turns every text area marked `data-rich-text` into the office's editor. The text area stays the form's field, holds the
   same HTML and is what is sent; without scripts it is simply typed in.

   Others may reach an editor through its text area: `textarea.richText` is the editor, and pressing "Figure" sends the
   event `rich-text:figure` from the text area, whose `detail.insert(name, text)` puts a live figure at the cursor. */
import { Editor } from "django-prose-editor/editor";
import { cleanPaste, extensionsFor } from "reckoner/editor-dialect";

const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

/* ---- asking for a line of text ------------------------------------------------------------------------------------- */
let asked = 0;
const ask = (host, { title, label, hint = "", value = "", submit = "Insert", long = false }) =>
  new Promise((resolve) => {
    asked += 1;
    const id = `rich-text-ask-${asked}`;
    const field = make(long ? "textarea" : "input", { id, value, className: long ? "govuk-textarea" : "govuk-input" });
    if (long) field.rows = 3;
    if (hint) field.setAttribute("aria-describedby", `${id}-hint`);
    const cancel = make("button", { type: "button", className: "govuk-button govuk-button--secondary" }, "Cancel");
    const done = make("button", { type: "button", className: "govuk-button" }, submit);
    const dialog = make(
      "dialog",
      { className: "rich-text-ask", "aria-labelledby": `${id}-title` },
      make("h2", { className: "govuk-heading-m", id: `${id}-title` }, title),
      make("label", { className: "govuk-label", htmlFor: id }, label),
      ...(hint ? [make("div", { className: "govuk-hint", id: `${id}-hint` }, hint)] : []),
      field,
      make("div", { className: "govuk-button-group" }, done, cancel),
    );
    /* The answer is given at once, not when the dialog says it has closed: the next key may come before that. */
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    done.addEventListener("click", () => end(field.value.trim()));
    cancel.addEventListener("click", () => end(null));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(null);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || (long && !event.ctrlKey)) return;
      event.preventDefault(); // Enter would send the form the editor stands in
      end(field.value.trim());
    });
    host.append(dialog);
    dialog.showModal();
    field.focus();
  });

/* ---- what the buttons do --------------------------------------------------------------------------------------------- */
/* While a dialog is open the browser forgets where the cursor was, and puts it at the start when the dialog closes. */
const keepPlace = (editor) => {
  const { from, to } = editor.state.selection;
  return () => {
    editor.view.focus();
    return editor.chain().setTextSelection({ from, to });
  };
};

const setLink = async (editor, host) => {
  const held = editor.getAttributes("link").href || "";
  const nothing = editor.state.selection.empty && !held;
  const back = keepPlace(editor);
  const answer = await ask(host, {
    title: held ? "Change the link" : "Make a link",
    label: "Web address",
    hint: "Such as https://www.example.org. Leave it empty to take the link away.",
    value: held,
    submit: "Set link",
  });
  const chain = back();
  if (answer === null) return chain.run();
  if (!answer) return chain.extendMarkRange("link").unsetLink().run();
  const href = /^(https?:|mailto:)/i.test(answer) ? answer : `https://${answer}`;
  if (!nothing) return chain.extendMarkRange("link").setLink({ href }).run();
  return chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
};

const setNote = async (editor, host) => {
  if (editor.isActive("footnote")) {
    editor.chain().focus().extendMarkRange("footnote").unsetMark("footnote").run();
    return;
  }
  if (!editor.state.selection.empty) {
    editor.chain().focus().setMark("footnote").run();
    return;
  }
  const back = keepPlace(editor);
  const text = await ask(host, {
    title: "Add a note",
    label: "Text of the note",
    hint: "It is printed at the foot of the page, under a number that is given to it.",
    long: true,
    submit: "Add note",
  });
  const chain = back();
  if (text) chain.insertContent({ type: "text", text, marks: [{ type: "footnote" }] });
  chain.run();
};

const setCaption = async (editor, host) => {
  const back = keepPlace(editor);
  const answer = await ask(host, {
    title: "Caption of the table",
    label: "Caption",
    hint: "Says what the table shows and for which period.",
    value: editor.getAttributes("table").caption || "",
    submit: "Set caption",
  });
  const chain = back();
  if (answer !== null) chain.updateAttributes("table", { caption: answer || null });
  chain.run();
};

/* Worked out on the server from the figures above it in its column, when the text is saved and whenever it is read. */
const workOut = async (editor, host) => {
  const back = keepPlace(editor);
  const answer = await ask(host, {
    title: "Work out this cell",
    label: "Total, average, change or percentage",
    hint: "Of the figures above it in its column. It follows them, and is filled in when you save.",
    submit: "Work out",
  });
  const chain = back();
  const [kind] = /^(total|average|change|percentage)/.exec((answer || "").toLowerCase()) || [];
  if (kind) chain.insertContent({ type: "liveFigure", attrs: { figure: `table.${kind}`, text: kind } });
  chain.run();
};

const pickFigure = (editor, host, textarea) => {
  const back = keepPlace(editor);
  const insert = (figure, text) => back().insertContent({ type: "liveFigure", attrs: { figure, text } }).run();
  textarea.dispatchEvent(new CustomEvent("rich-text:figure", { bubbles: true, detail: { editor, insert } }));
};

/* Asked to make a paragraph of a paragraph, the library lifts it out of its quotation instead. */
const paragraph = (editor, chain, kind) =>
  (editor.isActive("paragraph") ? chain : chain.setParagraph()).updateAttributes("paragraph", { kind });
const STYLES = {
  numbered: { words: "Numbered paragraph", set: (editor, chain) => paragraph(editor, chain, null) },
  unnumbered: { words: "Unnumbered paragraph", set: (editor, chain) => paragraph(editor, chain, "unnumbered") },
  heading: { words: "Numbered heading", set: (editor, chain) => chain.setHeading({ level: 3 }) },
  subheading: { words: "Subheading", set: (editor, chain) => chain.setHeading({ level: 4 }) },
  quote: { words: "Quotation", quoted: true, set: (editor, chain) => paragraph(editor, chain, null) },
  source: { words: "Source of a quotation", quoted: true, set: (editor, chain) => paragraph(editor, chain, "source") },
};
/* Where paragraphs take no numbers there is one kind of paragraph, and a heading is a heading. */
const PLAIN_STYLES = { numbered: "Paragraph", heading: "Heading" };
const styleOf = (editor) => {
  if (editor.isActive("heading", { level: 3 })) return "heading";
  if (editor.isActive("heading", { level: 4 })) return "subheading";
  if (editor.isActive("blockquote")) return editor.isActive("paragraph", { kind: "source" }) ? "source" : "quote";
  return editor.isActive("paragraph", { kind: "unnumbered" }) ? "unnumbered" : "numbered";
};
const setStyle = (editor, name) => {
  const chain = editor.chain().focus();
  const { quoted, set } = STYLES[name];
  if (editor.isActive("blockquote") && !quoted) chain.unsetBlockquote();
  set(editor, chain);
  if (quoted && !editor.isActive("blockquote")) chain.setBlockquote();
  chain.run();
};

const toList = (type) => (editor) => {
  if (editor.isActive("orderedList", { type })) editor.chain().focus().toggleOrderedList().run();
  else if (editor.isActive("orderedList")) editor.chain().focus().updateAttributes("orderedList", { type }).run();
  else editor.chain().focus().toggleOrderedList().updateAttributes("orderedList", { type }).run();
};
const simply = (command, ...args) => (editor) => editor.chain().focus()[command](...args).run();
const can = (command) => (editor) => editor.can()[command]();
const inTable = (editor) => editor.isActive("table");

/* words on the button, its full name, what it does, and when it is on, usable or shown */
const BUTTONS = [
  { words: "B", name: "Bold", act: simply("toggleBold"), on: (e) => e.isActive("bold"), look: "is-bold" },
  { words: "I", name: "Italic", act: simply("toggleItalic"), on: (e) => e.isActive("italic"), look: "is-italic" },
  { words: "x²", name: "Superscript", act: simply("toggleSuperscript"), on: (e) => e.isActive("superscript") },
  { words: "x₂", name: "Subscript", act: simply("toggleSubscript"), on: (e) => e.isActive("subscript") },
  { words: "Link", name: "Link", act: setLink, on: (e) => e.isActive("link") },
  { words: "Note", name: "Footnote", act: setNote, on: (e) => e.isActive("footnote") },
  { words: "Figure", name: "Live figure", act: pickFigure, figures: true },
  { words: "Restricted", name: "Not in the public version", act: simply("toggleMark", "restricted"), on: (e) => e.isActive("restricted"), figures: true },
  { words: "•", name: "Bulleted list", act: simply("toggleBulletList"), on: (e) => e.isActive("bulletList") },
  { words: "1.", name: "Numbered list", act: toList("decimal"), on: (e) => e.isActive("orderedList", { type: "decimal" }) },
  { words: "a.", name: "Lettered list", act: toList("lower-alpha"), on: (e) => e.isActive("orderedList", { type: "lower-alpha" }) },
  { words: "i.", name: "Roman list", act: toList("lower-roman"), on: (e) => e.isActive("orderedList", { type: "lower-roman" }) },
  { words: "Table", name: "Insert a table", act: simply("insertTable", { rows: 3, cols: 3, withHeaderRow: true }), full: true },
  { words: "Caption", name: "Caption of the table", act: setCaption, shown: inTable, full: true },
  { words: "+ Row", name: "Add a row below", act: simply("addRowAfter"), shown: inTable, full: true },
  { words: "− Row", name: "Remove this row", act: simply("deleteRow"), shown: inTable, full: true },
  { words: "+ Column", name: "Add a column to the right", act: simply("addColumnAfter"), shown: inTable, full: true },
  { words: "− Column", name: "Remove this column", act: simply("deleteColumn"), shown: inTable, full: true },
  { words: "Header", name: "Header cell", act: simply("toggleHeaderCell"), on: (e) => e.isActive("tableHeader"), shown: inTable, full: true },
  { words: "Work out", name: "Work out this cell from those above it", act: workOut, shown: inTable, full: true, figures: true },
  { words: "Remove table", name: "Remove the table", act: simply("deleteTable"), shown: inTable, full: true },
  { words: "Undo", name: "Undo", act: simply("undo"), usable: can("undo") },
  { words: "Redo", name: "Redo", act: simply("redo"), usable: can("redo") },
];

/* ---- the toolbar: one stop for the keyboard, arrows within ------------------------------------------------------------- */
const styleChoice = (editor, plain) => {
  const choice = make("select", { className: "rich-text__style", "aria-label": "Kind of paragraph" });
  for (const [value, { words }] of Object.entries(STYLES)) {
    if (!plain || value !== "unnumbered") choice.append(make("option", { value }, (plain && PLAIN_STYLES[value]) || words));
  }
  choice.addEventListener("change", () => setStyle(editor, choice.value));
  editor.on("transaction", () => {
    const style = styleOf(editor);
    choice.value = plain && style === "unnumbered" ? "numbered" : style;
  });
  return choice;
};

const buttonFor = (item, editor, host, textarea) => {
  const button = make("button", { type: "button", className: `rich-text__button ${item.look || ""}` }, item.words);
  button.setAttribute("aria-label", item.name);
  button.title = item.name;
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays where it is
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") item.act(editor, host, textarea);
  });
  const refresh = () => {
    if (item.on) button.setAttribute("aria-pressed", String(item.on(editor)));
    if (item.usable) button.setAttribute("aria-disabled", String(!item.usable(editor)));
    if (item.shown) button.hidden = !item.shown(editor);
  };
  editor.on("transaction", refresh);
  refresh();
  return button;
};

const roam = (bar) => {
  const stops = () => [...bar.children].filter((one) => !one.hidden);
  const stopAt = (target) => {
    for (const one of bar.children) one.tabIndex = one === target ? 0 : -1;
  };
  bar.addEventListener("focusin", (event) => stopAt(event.target));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = stops();
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    event.preventDefault();
    stopAt(next);
    next.focus();
  });
  stopAt(bar.firstElementChild);
};

const toolbar = (editor, host, textarea, label) => {
  const bar = make("div", { className: "rich-text__bar", role: "toolbar", "aria-label": `Formatting of ${label}` });
  const full = textarea.dataset.richText !== "simple";
  if (full) bar.append(styleChoice(editor, "unnumbered" in textarea.dataset));
  for (const item of BUTTONS) {
    if (item.full && !full) continue;
    if (item.figures && !textarea.hasAttribute("data-figures")) continue;
    bar.append(buttonFor(item, editor, host, textarea));
  }
  roam(bar);
  return bar;
};

/* ---- the editor in the place of its text area ----------------------------------------------------------------------------- */
const isEmpty = (html) => /^<(\w+)(\s[^>]*)?><\/\1>$/.test(html);

const dress = (textarea, label) => {
  const attributes = { role: "textbox", "aria-multiline": "true", class: "rich-text__page", id: textarea.id };
  if (label) attributes["aria-labelledby"] = label.id;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
};

const start = (textarea) => {
  if (textarea.richText || textarea.id.includes("__prefix__")) return;
  const label = document.getElementById(textarea.dataset.label || "");
  const host = make("div", { className: "rich-text" });
  textarea.before(host);
  const attributes = dress(textarea, label);
  const editor = new Editor({
    element: host,
    editable: !textarea.disabled,
    injectCSS: false, // the policy forbids a style element; editor.css has the rules
    extensions: extensionsFor(textarea.dataset.richText),
    content: textarea.value,
    editorProps: { attributes, transformPastedHTML: cleanPaste },
    onUpdate: () => {
      const html = editor.getHTML();
      textarea.value = isEmpty(html) ? "" : html;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.richText = editor;
  textarea.id = `${textarea.id}_html`; // the label and the error summary lead to the editor
  textarea.hidden = true;
  textarea.addEventListener("rich-text:set", (event) => editor.commands.setContent(event.detail, { emitUpdate: true }));
  if (!textarea.disabled) host.prepend(toolbar(editor, host, textarea, label ? label.textContent.trim() : "the text"));
  if (label) label.addEventListener("click", () => editor.commands.focus());
  host.append(textarea);
  textarea.dispatchEvent(new CustomEvent("rich-text:ready", { bubbles: true, detail: { editor } }));
};

const startAll = (root) => {
  if (root.matches?.("textarea[data-rich-text]")) start(root);
  root.querySelectorAll("textarea[data-rich-text]").forEach(start);
};
startAll(document);
document.body.addEventListener("htmx:load", (event) => startAll(event.target));
