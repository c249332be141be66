/* Beside the editor of a commentary: choosing a live figure, a first draft at the cursor, and the checker as one types.

   The picker answers the event `rich-text:figure` of any editor (see editor.js). The checker draws itself in the element
   `data-checker`; words are marked with the browser's own highlights, which leave the text of the editor alone. */
"use strict";

(() => {
  const WAIT = 600; // milliseconds after the last key
  const FAILED = "could not be reached. What you have typed is safe: go on writing.";
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const button = (words, act, className = "govuk-button govuk-button--secondary") => {
    const made = make("button", { type: "button", className }, words);
    made.addEventListener("click", act);
    return made;
  };

  /* ---- the picker: a box to type in and a list to go through with the arrows ----------------------------------------- */
  let opened = 0;
  const pick = (textarea, insert) => {
    opened += 1;
    const id = `figure-picker-${opened}`;
    const field = make("input", { type: "text", id, className: "govuk-input", autocomplete: "off", role: "combobox" });
    const list = make("ul", { id: `${id}-list`, className: "figure-picker__list", role: "listbox" });
    const said = make("p", { className: "govuk-hint", role: "status" });
    list.setAttribute("aria-label", "Figures");
    for (const [name, value] of Object.entries({
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": list.id,
      "aria-describedby": `${id}-hint`,
    }))
      field.setAttribute(name, value);
    const dialog = make(
      "dialog",
      { className: "rich-text-ask figure-picker", "aria-labelledby": `${id}-title` },
      make("h2", { className: "govuk-heading-m", id: `${id}-title` }, "Put in a live figure"),
      make("label", { className: "govuk-label", htmlFor: id }, "Measure and figure"),
      make("div", { className: "govuk-hint", id: `${id}-hint` }, "Such as “crime twelve months”. It follows the record until the paper is fixed."),
      field,
      said,
      list,
      make("div", { className: "govuk-button-group" }, button("Cancel", () => end())),
    );
    let figures = [];
    let at = 0;
    let timer;
    let asked = 0;
    const end = (chosen) => {
      window.clearTimeout(timer);
      asked += 1;
      dialog.close();
      dialog.remove();
      if (chosen) insert(chosen.reference, chosen.text);
      else textarea.richText?.commands.focus();
    };
    const mark = (place) => {
      at = Math.max(0, Math.min(place, figures.length - 1));
      [...list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
      const chosen = list.children[at];
      field.setAttribute("aria-activedescendant", chosen ? chosen.id : "");
      chosen?.scrollIntoView({ block: "nearest" });
    };
    const show = () => {
      list.replaceChildren(
        ...figures.map((one, index) => {
          const option = make(
            "li",
            { id: `${id}-${index}`, role: "option", className: "figure-picker__one" },
            make("strong", {}, one.text),
            make("span", {}, `${one.measure}: ${one.title}`),
            make("span", { className: "small quiet" }, one.sentence),
          );
          option.addEventListener("click", () => end(one));
          return option;
        }),
      );
      said.textContent = figures.length
        ? `${figures.length} ${figures.length === 1 ? "figure" : "figures"}. Choose with the arrows and Enter.`
        : "No figure has all these words.";
      mark(0);
    };
    const ask = async () => {
      asked += 1;
      const mine = asked;
      const address = new URL(textarea.dataset.figures, window.location.href);
      address.searchParams.set("q", field.value);
      try {
        const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
        const found = answer.ok ? (await answer.json()).figures : null;
        if (mine !== asked) return;
        if (!found) throw new Error("refused");
        figures = found;
        show();
      } catch {
        if (mine === asked) said.textContent = `The list of figures ${FAILED}`;
      }
    };
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) mark(at + step);
      else if (event.key === "Enter") {
        if (figures[at]) end(figures[at]);
      } else return;
      event.preventDefault(); // Enter would send the form the editor stands in
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end();
    });
    textarea.parentElement.append(dialog);
    dialog.showModal();
    field.focus();
    ask();
  };
  document.addEventListener("rich-text:figure", (event) => {
    if (event.target.dataset.figures) pick(event.target, event.detail.insert);
  });

  /* ---- where words stand in an editor ----------------------------------------------------------------------------------- */
  /* The text as the server counts it: spaces made one, notes and tables left out; and the place of every character. */
  const read = (editor) => {
    let text = "";
    const places = [];
    const add = (word, place) => {
      for (let index = 0; index < word.length; index += 1) {
        const char = /\s/.test(word[index]) ? " " : word[index];
        if (char === " " && (!text || text.endsWith(" "))) continue;
        text += char;
        places.push(place(index));
      }
    };
    editor.state.doc.descendants((node, at) => {
      if (node.type.name === "table") return false;
      if (node.isText) {
        if (!node.marks.some((one) => one.type.name === "footnote")) add(node.text, (index) => at + index);
      } else if (node.type.name === "liveFigure") add(node.attrs.text || "", () => at);
      else if (node.isTextblock || node.type.name === "hardBreak") add(" ", () => at);
      return true;
    });
    return { text, places };
  };
  const find = (editor, said, nth) => {
    const { text, places } = read(editor);
    let at = -said.length;
    for (let count = 0; count <= nth; count += 1) {
      at = text.indexOf(said, at + said.length);
      if (at < 0) return null;
    }
    return { from: places[at], to: places[at + said.length - 1] + 1 };
  };
  const rangeOf = (editor, { from, to }) => {
    const [start, end] = [editor.view.domAtPos(from), editor.view.domAtPos(to)];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  };

  /* ---- the checker ---------------------------------------------------------------------------------------------------------- */
  const TONES = { A: "figure-wrong", B: "figure-doubt", C: "figure-doubt", E: "figure-style" };

  class Checker {
    constructor(element) {
      this.element = element;
      this.form = document.getElementById(element.dataset.form);
      this.list = element.querySelector("[data-checker-list]");
      this.status = element.querySelector("[role=status]");
      this.token = this.form.querySelector("input[name=csrfmiddlewaretoken]").value;
      this.fields = [...this.form.querySelectorAll("textarea[data-rich-text]")];
      this.form.addEventListener("input", () => {
        this.soon(WAIT);
        window.requestAnimationFrame(() => this.mark());
      });
      document.addEventListener("rich-text:ready", () => this.mark());
      this.notes = [];
      this.soon(0);
    }
    soon(wait) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), wait);
    }
    editorOf(name) {
      return this.fields.find((one) => one.name === name)?.richText;
    }
    async ask() {
      this.underway?.abort();
      this.underway = new AbortController();
      const sent = new URLSearchParams(this.fields.map((one) => [one.name, one.value]));
      const asked = sent.toString();
      if (asked === this.asked) return;
      try {
        const answer = await fetch(this.element.dataset.url, {
          method: "POST",
          body: sent,
          headers: { "X-CSRFToken": this.token },
          credentials: "same-origin",
          redirect: "error",
          signal: this.underway.signal,
        });
        if (answer.status === 413) return this.say((await answer.json()).problem);
        if (!answer.ok) throw new Error("refused");
        const found = await answer.json();
        this.asked = asked;
        this.show(found);
      } catch (problem) {
        if (problem.name !== "AbortError") this.say(`The checker ${FAILED}`);
      }
      return undefined;
    }
    say(words) {
      if (this.status.textContent !== words) this.status.textContent = words; // said again it would be read aloud again
    }
    show(found) {
      const { findings, offers, bound, loose } = found;
      this.notes = [
        ...findings.map((one) => [one, TONES[one.severity]]),
        ...offers.map((one) => [one, "figure-offer"]),
      ];
      this.list.replaceChildren(...findings.map((one) => this.finding(one)), ...offers.map((one) => this.offer(one)));
      const many = (count, one, more) => `${count} ${count === 1 ? one : more}`;
      const told = findings.length
        ? `The checker found ${many(findings.length, "thing", "things")}.`
        : "The checker found nothing that contradicts another figure.";
      const offered = offers.length ? ` ${many(offers.length, "typed figure", "typed figures")} could follow the record.` : "";
      const counted = ` ${many(bound, "figure follows", "figures follow")} the record, ${loose} ${loose === 1 ? "is" : "are"} tied to nothing.`;
      this.say(told + offered + counted);
      this.mark();
    }
    mark() {
      if (!window.CSS?.highlights || typeof Highlight === "undefined") return; // the list says the same
      const ranges = { "figure-wrong": [], "figure-doubt": [], "figure-style": [], "figure-offer": [] };
      for (const [one, tone] of this.notes) {
        const editor = this.editorOf(one.field);
        const place = editor && find(editor, one.said, one.nth);
        if (place) ranges[tone].push(rangeOf(editor, place));
      }
      for (const [tone, found] of Object.entries(ranges)) CSS.highlights.set(tone, new Highlight(...found));
    }
    /* Where the words stand now; text typed since may have moved or changed them. */
    at(one, act) {
      const editor = this.editorOf(one.field);
      const place = editor && find(editor, one.said, one.nth);
      if (place) act(editor, place);
      else {
        this.say("Those words have changed since. The text is being checked again.");
        this.asked = "";
        this.soon(0);
      }
    }
    go(one) {
      return button(
        "Go to the words",
        () => this.at(one, (editor, place) => editor.chain().setTextSelection(place).focus().scrollIntoView().run()),
      );
    }
    finding(one) {
      const item = make(
        "li",
        { className: `checker__one checker__one--${one.severity.toLowerCase()}` },
        make("p", {}, make("strong", {}, one.kind), `: “${one.said}”. ${one.found}`),
      );
      const acts = make("div", { className: "govuk-button-group" }, this.go(one));
      if (one.suggestion) {
        const change = (editor, place) => editor.chain().focus().insertContentAt(place, one.suggestion).run();
        acts.append(button(`Change to “${one.suggestion.trim()}”`, () => this.at(one, change)));
      }
      item.append(acts);
      return item;
    }
    offer(one) {
      const node = { type: "liveFigure", attrs: { figure: one.reference, text: one.text } };
      const bind = (editor, place) => editor.chain().focus().insertContentAt(place, node).run();
      return make(
        "li",
        { className: "checker__one checker__one--offer" },
        make("p", {}, make("strong", {}, "Typed figure"), `: “${one.said}” is what the record has: ${one.title}.`),
        make("div", { className: "govuk-button-group" }, this.go(one), button("Let it follow the record", () => this.at(one, bind))),
      );
    }
  }

  /* ---- a first draft at the cursor ------------------------------------------------------------------------------------------- */
  const touched = new WeakSet(); // editors in which somebody has put the cursor somewhere
  document.addEventListener("rich-text:ready", ({ detail: { editor } }) => editor.on("focus", () => touched.add(editor)));
  const drafting = (asks) => {
    const form = asks.form;
    const status = make("p", { className: "small", role: "status" });
    asks.closest(".govuk-button-group").after(status);
    asks.addEventListener("click", async (event) => {
      const editor = form.querySelector("textarea[name=text]")?.richText;
      if (!editor) return; // without the editor the form is sent and comes back with the draft in it
      event.preventDefault();
      status.textContent = "The draft is being written.";
      try {
        const answer = await fetch(asks.dataset.url, {
          method: "POST",
          headers: { "X-CSRFToken": form.querySelector("input[name=csrfmiddlewaretoken]").value },
          credentials: "same-origin",
          redirect: "error",
        });
        if (!answer.ok) throw new Error("refused");
        const { html } = await answer.json();
        const place = touched.has(editor) ? editor.state.selection.to : editor.state.doc.content.size;
        if (html) editor.chain().focus().insertContentAt(editor.isEmpty ? 0 : place, html).run();
        status.textContent = html
          ? "The draft is in the text. It is yours to change, and not saved yet."
          : "The record bears no sentence yet: the figures of this quarter are not there, or may not be shown.";
      } catch {
        status.textContent = `The record ${FAILED}`;
      }
    });
  };

  /* ---- what a live figure in the text is ---------------------------------------------------------------------------------------- */
  document.addEventListener("rich-text:ready", (event) => {
    const { editor } = event.detail;
    const host = event.target.closest(".rich-text");
    if (!host || !event.target.dataset.figures) return;
    const told = make("p", { className: "rich-text__source", role: "status", hidden: true });
    host.append(told);
    editor.on("selectionUpdate", () => {
      const node = editor.state.selection.node;
      const isFigure = node?.type.name === "liveFigure";
      told.hidden = !isFigure;
      if (!isFigure) return;
      const row = document.querySelector(`[data-reference="${CSS.escape(node.attrs.figure)}"]`);
      const link = document.querySelector("[data-measure-page]");
      told.replaceChildren(row ? `Live figure: ${row.dataset.words}. ` : `Live figure: ${node.attrs.figure}. `);
      if (row && link) told.append(make("a", { className: "govuk-link", href: link.href }, "Where it comes from"));
    });
  });

  const start = () => {
    document.querySelectorAll("[data-checker]").forEach((one) => new Checker(one));
    document.querySelectorAll("button[name=first_draft]").forEach(drafting);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
