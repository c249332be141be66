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
    if (region.scrollWidth > region.clientWidth + 1) {
      region.setAttribute("tabindex", "0");
      region.setAttribute("role", "group");
    } else {
      region.removeAttribute("tabindex");
      region.removeAttribute("role");
    }
  };
  const fitAll = () => each(document, SCROLLS, fitScroll);

  /* ---- forms ------------------------------------------------------------------------------------------------- */
  /* A form that says so warns before what was typed in it is lost. */
  let unsaved = new Set();
  const guard = (form) => {
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("submit", () => unsaved.delete(form));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) unsaved.delete(form);
    });
  };
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
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
    const form = element.closest && element.closest("form, [data-saves]");
    return form && form.querySelector("[data-save-state]");
  };
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const tell = (element, words, failed) => {
    const state = stateOf(element);
    if (!state) return;
    state.textContent = words;
    state.classList.toggle("is-failed", failed);
  };
  page.addEventListener("htmx:beforeRequest", (event) => tell(event.target, "Saving", false));
  page.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) tell(event.target, `Saved at ${clock()}`, false);
    else if (event.detail.xhr && event.detail.xhr.status === 409)
      tell(event.target, "Not saved: somebody else has changed this. Both texts are kept; see above.", true);
    else tell(event.target, "Not saved. Your text is still on this page; try again in a moment.", true);
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
    const tick = () => {
      ends = Math.max(ends, Number(localStorage.getItem(shared) || 0));
      const seconds = Math.round((ends - Date.now()) / 1000);
      if (seconds <= 0) {
        localStorage.removeItem(shared);
        unsaved = new Set();
        window.location.reload();
      } else if (seconds <= Math.min(WARN, idleAfter / 2)) {
        if (!dialog.open) {
          page.dispatchEvent(new CustomEvent("save-now"));
          dialog.showModal();
        }
        const words = seconds > 60 ? "2 minutes" : `${seconds} seconds`;
        if (seconds > 60 || seconds % 15 === 0) left.textContent = words;
      } else if (dialog.open) dialog.close();
    };
    const stay = () =>
      fetch(dialog.dataset.keep, { credentials: "same-origin", redirect: "manual" }).then((answer) => {
        if (answer.ok) putOff();
        dialog.close();
      });
    putOff();
    dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
    dialog.addEventListener("cancel", stay);
    page.addEventListener("htmx:afterRequest", (event) => event.detail.successful && putOff());
    window.setInterval(tick, 1000);
  }

  /* ---- start, and again for every fragment that arrives --------------------------------------------------------- */
  const start = (root) => {
    each(root, "table.cards", giveRoles);
    each(root, SCROLLS, fitScroll);
    each(root, "form[data-guard]", guard);
  };
  startDesignSystem(document);
  start(document);
  window.addEventListener("resize", fitAll);
  page.addEventListener("htmx:afterSwap", (event) => {
    start(event.target);
    startDesignSystem(event.target);
    const first = event.target.querySelector("[data-takes-focus]");
    if (first) first.focus();
  });
})();
