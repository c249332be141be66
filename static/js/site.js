/* What the pages do in the browser. Every page works without it: it keeps tables whole, says what was saved, and
   warns before a session ends. Loaded with `defer`, before htmx; runs under a policy without inline script and without eval. */
"use strict";

(() => {
  const page = document.body;
  page.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) page.classList.add("govuk-frontend-supported");

  const each = (root, selector, act) => {
    if (root.matches && root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  };
  const say = (words) => {
    document.getElementById("spoken").textContent = words;
  };

  /* The design system's own behaviour: error summaries take the focus, buttons stand no double press, and so on. */
  const designSystem = document.querySelector('meta[name="govuk-frontend"]');
  const startDesignSystem = (root) => {
    if (designSystem && page.classList.contains("govuk-frontend-supported")) {
      import(designSystem.content).then((module) => module.initAll({ scope: root }));
    }
  };

  /* ---- tables ------------------------------------------------------------------------------------------------ */
  /* Shown as cards, a table is no longer one to a screen reader unless its roles are spelled out. */
  const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  const giveRoles = (table) => {
    for (const [name, role] of Object.entries(ROLES)) {
      each(table, name, (element) => element.setAttribute("role", role));
    }
    each(table, "th", (head) => {
      const column = head.closest("thead") || head.scope === "col";
      head.setAttribute("role", column ? "columnheader" : "rowheader");
    });
  };
  /* Only what really scrolls needs a stop for the keyboard; a chart with points to read has one already. */
  const SCROLLS = ".table-scroll, .chart";
  const fitScroll = (region) => {
    if (region.querySelector(".chart-points")) return;
    if (region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1) {
      region.setAttribute("tabindex", "0");
      region.setAttribute("role", "group");
    } else {
      region.removeAttribute("tabindex");
      region.removeAttribute("role");
    }
  };
  const fitAll = () => each(document, SCROLLS, fitScroll);

  /* ---- forms ------------------------------------------------------------------------------------------------- */
  /* htmx swaps answers of 409 and 422 like any other and calls them successful; nothing was saved all the same. */
  const wentWell = (event) => Boolean(event.detail.xhr) && event.detail.xhr.status >= 200 && event.detail.xhr.status < 400;

  /* Forms with something typed that the server has not got. One that says data-guard warns before that is lost. */
  const unsaved = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (form && form.method === "post") unsaved.add(form);
    else if (form && form.querySelector("[data-save-state]")) unsaved.add(form);
  });
  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  page.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form && wentWell(event)) unsaved.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected && "guard" in form.dataset)) event.preventDefault();
  });

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest && event.target.closest("[data-confirm]");
      if (button && !window.confirm(button.dataset.confirm)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    each(document, "details[data-closes][open]", (menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    each(document, "details[data-closes][open]", (menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* ---- saving as it is typed: what happened is said in words --------------------------------------------------- */
  const stateOf = (element) => {
    const form = element.closest && element.closest("form");
    return form && form.querySelector("[data-save-state]");
  };
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const tell = (element, words, failed) => {
    const state = stateOf(element);
    if (!state) return;
    state.textContent = words;
    state.classList.toggle("is-failed", failed);
  };
  const NOT_SAVED = {
    409: "Not saved: somebody else has changed this. Both texts are kept and shown on this page.",
    422: "Not saved: see the problem named on this page.",
    0: "Not saved: the server cannot be reached. Your text is still on this page; it is tried again when you next type.",
  };
  const FAILED = "Not saved. Your text is still on this page; try again in a moment.";
  page.addEventListener("htmx:beforeRequest", (event) => tell(event.target, "Saving", false));
  page.addEventListener("htmx:afterRequest", (event) => {
    if (wentWell(event)) tell(event.target, `Saved at ${clock()}`, false);
    else tell(event.target, NOT_SAVED[event.detail.xhr ? event.detail.xhr.status : 0] || FAILED, true);
  });
  page.addEventListener("htmx:responseError", (event) => {
    if (!stateOf(event.target)) say("That did not work. Nothing was changed. Try again in a moment.");
  });

  /* ---- a session about to end ---------------------------------------------------------------------------------- */
  const WARN = 120; // seconds before the end
  const dialog = document.getElementById("idle");
  const idleAfter = Number(page.dataset.idleSeconds || 0);
  if (dialog && idleAfter) {
    const left = dialog.querySelector("[data-idle-left]");
    let ends = Date.now() + idleAfter * 1000;
    /* Every answer of the server's to this page puts the end off, and so does one to another window of the same person. */
    const shared = "reckoner-ends";
    const putOff = () => {
      ends = Date.now() + idleAfter * 1000;
      localStorage.setItem(shared, String(ends));
    };
    /* What is typed and not saved is sent once. If that works the session goes on, and the next time there is nothing to
       send: a page left open with a form on it is signed out all the same. */
    let sent = false;
    const sendUnsaved = () => {
      sent = true;
      /* The dialog will take the focus, and a field that loses it with something typed saves by itself: let it do so now. */
      const active = document.activeElement;
      if (active && active !== page) {
        active.blur();
        active.focus();
      }
      for (const form of unsaved) {
        if (!form.classList.contains("htmx-request")) form.dispatchEvent(new CustomEvent("save-now", { bubbles: true }));
      }
    };
    const warn = (seconds) => {
      if (!dialog.open) dialog.showModal();
      if (seconds > 60) left.textContent = "2 minutes";
      else if (seconds % 15 === 0) left.textContent = `${seconds} seconds`;
    };
    const tick = () => {
      ends = Math.max(ends, Number(localStorage.getItem(shared) || 0));
      const seconds = Math.round((ends - Date.now()) / 1000);
      if (seconds <= 0) {
        localStorage.removeItem(shared);
        unsaved.clear();
        window.location.reload();
      } else if (seconds > Math.min(WARN, idleAfter / 2)) {
        sent = false;
        if (dialog.open) dialog.close();
      } else if (sent) warn(seconds);
      else sendUnsaved();
    };
    const stay = () =>
      fetch(dialog.dataset.keep, { credentials: "same-origin", redirect: "manual" }).then((answer) => {
        if (answer.ok) putOff();
        dialog.close();
      });
    putOff();
    dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
    dialog.addEventListener("cancel", stay);
    /* Scripts that talk to the server by themselves (drafts) put the end off as well. */
    const asked = new Set(["fetch", "xmlhttprequest"]);
    new PerformanceObserver((list) => {
      const answers = list.getEntries().filter((entry) => asked.has(entry.initiatorType));
      if (answers.some((entry) => entry.responseStatus >= 200 && entry.responseStatus < 300)) putOff();
    }).observe({ type: "resource" });
    window.setInterval(tick, 1000);
  }

  /* ---- start, and again for every fragment that arrives --------------------------------------------------------- */
  const start = (root) => {
    each(root, "table.cards", giveRoles);
    each(root, SCROLLS, fitScroll);
  };
  startDesignSystem(document);
  start(document);
  window.addEventListener("resize", fitAll);
  document.addEventListener("toggle", fitAll, true);
  page.addEventListener("htmx:afterSwap", (event) => {
    start(event.target);
    startDesignSystem(event.target);
    const first = event.target.querySelector("[data-takes-focus]");
    if (first) first.focus();
  });
})();
