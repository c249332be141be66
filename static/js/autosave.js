/* Keeps what is typed into a form until it is saved. Every few seconds the text goes to the server as a draft; when the
   sign-in has expired, or the server cannot be reached, it is kept in this browser under the person's id and the record,
   and put back after signing in. Draws itself in the element `data-autosave` (documents/_autosave.html) inside the form. */
"use strict";

(() => {
  const WAIT = 2000; // milliseconds after the last key
  const SKIP = new Set(["csrfmiddlewaretoken", "version", "base_version"]);
  const ACTS = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const make = (tag, words, className = "") => {
    const element = document.createElement(tag);
    element.textContent = words;
    element.className = className;
    return element;
  };

  const fieldsOf = (form) =>
    [...form.elements].filter((one) => one.name && !SKIP.has(one.name) && !ACTS.has(one.type) && !one.disabled);
  const read = (form) => {
    const text = {};
    for (const field of fieldsOf(form)) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) text[field.name] = [text[field.name], field.value].filter(Boolean).join("\n");
        else text[field.name] = text[field.name] || "";
      } else if (field.multiple) text[field.name] = [...field.selectedOptions].map((one) => one.value).join("\n");
      else text[field.name] = field.value;
    }
    return text;
  };
  const write = (form, text) => {
    for (const field of fieldsOf(form)) {
      if (!(field.name in text)) continue;
      const value = text[field.name];
      const several = value.split("\n");
      if (field.type === "checkbox" || field.type === "radio") field.checked = several.includes(field.value);
      else if (field.multiple) for (const one of field.options) one.selected = several.includes(one.value);
      else if (field.richText) field.dispatchEvent(new CustomEvent("rich-text:set", { detail: value }));
      else field.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  /* The editor writes the same text a little differently from the server: only words tell whether it has changed. */
  const words = (value) => {
    const parsed = new DOMParser().parseFromString(value, "text/html");
    return parsed.body.textContent.replace(/\s+/g, " ").trim();
  };
  const same = (one, other) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
      (name) => words(one[name] || "") === words(other[name] || ""),
    );

  class Kept {
    constructor({ user, key }) {
      this.name = `reckoner-draft:${user}:${key}`;
    }
    get() {
      try {
        return JSON.parse(localStorage.getItem(this.name));
      } catch {
        return null;
      }
    }
    put(text, version) {
      try {
        localStorage.setItem(this.name, JSON.stringify({ text, version, at: new Date().toISOString() }));
        return true;
      } catch {
        return false; // storage is full or switched off
      }
    }
    drop() {
      localStorage.removeItem(this.name);
    }
  }

  class Autosave {
    constructor(element) {
      this.element = element;
      this.form = element.closest("form");
      this.kept = new Kept(element.dataset);
      this.version = element.dataset.version || "";
      this.token = this.form.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
      this.state = make("p", "", "autosave__state");
      this.state.setAttribute("role", "status");
      element.append(this.state);
      this.first = read(this.form);
      this.last = this.first;
      this.form.addEventListener("input", () => this.soon());
      this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
      document.body.addEventListener("save-now", () => this.save());
      document.addEventListener("visibilitychange", () => document.hidden && this.save());
      window.addEventListener("pageshow", () => {
        this.sent = false;
      });
      this.bringBack();
    }

    say(...parts) {
      this.state.replaceChildren(...parts);
    }

    soon() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), WAIT);
    }

    send(method, body) {
      const headers = { "X-CSRFToken": this.token, "X-Autosave": "true", "X-Draft-User": this.element.dataset.user };
      if (body) headers["Content-Type"] = "application/json";
      return fetch(this.element.dataset.url, {
        method,
        headers,
        body: body && JSON.stringify(body),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: !!body && JSON.stringify(body).length < 60000,
      });
    }

    /* "kept", "signed out", "unreachable" or "refused" */
    async save() {
      window.clearTimeout(this.timer);
      if (this.sent) return "kept";
      const text = read(this.form);
      if (same(text, this.last)) return "kept";
      let answer;
      try {
        answer = await this.send("PUT", { text, base_version: this.version ? Number(this.version) : null });
      } catch {
        return this.keepHere(text, "unreachable");
      }
      if (answer.ok) {
        this.last = text;
        this.kept.drop();
        this.say(`Kept as a draft at ${clock()}. It is not saved until you press the button.`);
        return "kept";
      }
      const signedOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
      return this.keepHere(text, signedOut ? "signed out" : "refused");
    }

    keepHere(text, why) {
      const held = this.kept.put(text, this.version);
      const where = held ? "Your text is kept in this browser" : "Copy your text before you close this page";
      if (why === "signed out") {
        const link = make("a", "Sign in again", "govuk-link");
        link.href = window.location.href;
        this.say(`You have been signed out. ${where}. `, link, held ? " and it will be put back." : ".");
      } else this.say(`The server could not keep a draft just now. ${where}; saving will be tried again as you type.`);
      return why;
    }

    /* A form sent after the sign-in has expired would be lost on the way: the draft goes first and tells. */
    async beforeSubmit(event) {
      if (this.sending || event.defaultPrevented || this.form.matches("[hx-post], [hx-put]")) return;
      event.preventDefault();
      const { submitter } = event;
      const outcome = await this.save();
      if (outcome === "signed out") {
        this.state.scrollIntoView({ block: "center" });
        return;
      }
      /* Not from within the event that was stopped: while that is being handled the browser ignores a second one. */
      window.setTimeout(() => {
        this.sending = true;
        this.form.requestSubmit(submitter || undefined);
        this.sending = false;
        this.sent = true; // a draft written after the form has gone would outlive what it was a draft of
      });
    }

    async bringBack() {
      const here = this.kept.get();
      if (here && !same(here.text, this.first)) {
        this.offer(here.text, here.version, "Your sign-in had expired, or the server could not be reached.", true);
        return;
      }
      this.kept.drop();
      let draft;
      try {
        const answer = await this.send("GET");
        draft = answer.ok ? await answer.json() : null;
      } catch {
        return;
      }
      if (draft?.saved && !same(draft.text, this.first)) {
        const version = draft.base_version === null ? "" : String(draft.base_version);
        this.offer(draft.text, version, `You typed something here on ${draft.saved_in_words} and did not save it.`, false);
      }
    }

    /* Text kept at an expired sign-in goes straight back; any other is offered. Nothing is overwritten unasked when the
       record has been changed by somebody since. */
    offer(text, version, why, straight) {
      const changed = version !== this.version;
      const box = make("div", "", "autosave__offer");
      const sentence = make("p", "");
      const back = make("button", "Put my text back", "govuk-button govuk-button--secondary");
      const drop = make("button", "Discard it", "govuk-button govuk-button--secondary");
      back.type = drop.type = "button";
      const restore = () => {
        write(this.form, text);
        sentence.textContent = `${why} The text you had typed has been put back. It is not saved yet.`;
        back.remove();
      };
      back.addEventListener("click", restore);
      drop.addEventListener("click", () => {
        write(this.form, this.first);
        this.last = this.first;
        window.clearTimeout(this.timer);
        this.kept.drop();
        this.send("DELETE").catch(() => {});
        box.remove();
        this.say("Discarded.");
      });
      sentence.textContent = changed ? `${why} The record has been changed by somebody since.` : why;
      box.append(sentence, back, drop);
      this.element.append(box);
      if (straight && !changed) restore();
    }
  }

  /* After the editors: they put their text in the form's own writing. */
  const start = (root) =>
    root.querySelectorAll("[data-autosave]:not([data-started])").forEach((element) => {
      element.dataset.started = "true";
      new Autosave(element);
    });
  window.addEventListener("load", () => start(document));
  document.body.addEventListener("htmx:load", (event) => start(event.target));
})();
