/* Loses nothing of what is typed in a meeting. Where the server could not take it (signed out, unreachable, refused) the
   words are kept in this browser under the person and the form, and put back when the form is next opened: a minute with
   the version it was written on, so that one changed by somebody since comes up as a conflict and not as an overwriting. */
"use strict";

(() => {
  const ACTS = new Set(["hidden", "submit", "button"]);
  const nameOf = (form) => `reckoner-kept:${form.dataset.user}:${form.dataset.keep}`;
  const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !ACTS.has(one.type));
  const versionOf = (form) => form.querySelector("input[name=version]");
  const toldIn = (form) => form.querySelector("[data-told]");

  const keep = (form) => {
    const text = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
    const version = versionOf(form);
    try {
      localStorage.setItem(nameOf(form), JSON.stringify({ text, version: version ? version.value : null }));
      return true;
    } catch {
      return false; // storage is full or switched off
    }
  };
  const drop = (form) => localStorage.removeItem(nameOf(form));
  const kept = (form) => {
    try {
      return JSON.parse(localStorage.getItem(nameOf(form)));
    } catch {
      return null;
    }
  };

  const tell = (form, words, link) => {
    const notice = document.createElement("p");
    notice.className = "save-state is-failed";
    notice.setAttribute("role", "alert");
    notice.append(words);
    if (link) notice.append(" ", link);
    toldIn(form).replaceChildren(notice);
  };
  const signIn = (held) => {
    const link = document.createElement("a");
    link.href = window.location.pathname;
    link.className = "govuk-link";
    link.textContent = held ? "Sign in again, and it will be put back" : "Sign in again";
    /* The page is left on purpose: what it would warn of is kept. */
    link.addEventListener("click", () => {
      if (held) document.querySelectorAll("form[data-guard]").forEach((form) => form.removeAttribute("data-guard"));
    });
    return link;
  };

  const putBack = (form) => {
    const held = kept(form);
    if (!held) return;
    const version = versionOf(form);
    if (version && held.version !== null) version.value = held.version;
    for (const field of fieldsOf(form)) {
      if (!(field.name in held.text)) continue;
      const value = held.text[field.name];
      if (field.richText) field.dispatchEvent(new CustomEvent("rich-text:set", { detail: value }));
      else field.value = value;
    }
    tell(form, "What you had typed and could not save has been put back.");
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const putBackIn = (root) => {
    if (root.matches?.("form[data-keep]")) putBack(root);
    root.querySelectorAll("form[data-keep]").forEach(putBack);
  };

  const formOf = (event) => event.detail.elt.closest?.("form[data-keep]");
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault(); // the page would be left for the one to sign in on, and the words with it
    const form = formOf(event);
    if (!form) {
      window.location.reload();
      return;
    }
    const held = keep(form);
    const where = held ? "Your text is kept in this browser." : "Copy your text before you leave this page.";
    tell(form, `You have been signed out. ${where}`, signIn(held));
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (!form || event.detail.requestConfig.verb !== "post") return;
    const { status } = event.detail.xhr;
    if (status >= 200 && status < 300) drop(form);
    else keep(form);
  });

  document.body.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-clears]");
    if (cancel) {
      const form = cancel.closest("form");
      if (form?.dataset.keep) drop(form);
      document.getElementById(cancel.dataset.clears).replaceChildren();
    }
    const reload = event.target.closest("[data-reload]");
    if (reload) {
      event.preventDefault();
      const form = reload.closest("form");
      drop(form);
      form.removeAttribute("data-guard");
      window.location.hash = new URL(reload.href).hash;
      window.location.reload();
    }
  });

  /* After the editors: they take the text over from its box. */
  window.addEventListener("load", () => putBackIn(document));
  document.body.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) putBackIn(event.target);
  });
})();
