/* Passkeys and security keys: asks the browser for one and sends its answer with the form. Forms say data-key="create",
   "get" (both with data-options, the server's question) or "fetch" (with data-from, where the question is). A form that can
   only be used with a key stays hidden where the browser knows none. webauthn-json, from django-allauth, comes before. */
"use strict";

(() => {
  const keys = window.webauthnJSON;
  if (!keys || !window.PublicKeyCredential) return;

  const question = async (form) => {
    if (form.dataset.key !== "fetch") return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.from, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no question");
    return (await answer.json()).options;
  };

  for (const form of document.querySelectorAll("form[data-key]")) {
    const said = form.querySelector("[data-key-said]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      said.textContent = "Follow what your browser asks.";
      try {
        const asked = await question(form);
        const answer = form.dataset.key === "create" ? await keys.create(asked) : await keys.get(asked);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch (problem) {
        said.textContent =
          problem.name === "InvalidStateError"
            ? "This key is set up already. Nothing was changed."
            : "No key answered. Nothing was changed. Try again, or use another way.";
      }
    });
  }
})();
