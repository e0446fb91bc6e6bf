/* Bốn Phương: what is typed is kept on the server a moment later; the page hears who else is here. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) || "";
  const token = () => cookie("csrftoken");

  /* Whatever a browser kept when the line was down leaves with the session: a machine may be shared. */
  const PREFIX = "begun:";
  const person = document.body.dataset.person || "";
  if ("stranger" in document.body.dataset) {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  }

  const place = () => location.pathname + location.search;
  const slot = (form) => `${PREFIX}${person}:${place()}:${form.elements["begun-form"].value}`;
  const body = (form) => {
    const data = new FormData(form);
    [...data.entries()].forEach(([name, value]) => { if (value instanceof File) data.delete(name); });
    data.set("begun-address", place());
    data.set("begun-title", ($("h1")?.innerText || document.title).trim());
    return data;
  };
  const keepHere = (form) => {
    /* Only while the server cannot be reached, and nothing private: this is not sealed. */
    const hidden = $$("[data-private] [name]", form).map((field) => field.name);
    const open = [...body(form).entries()].filter(([name]) => !hidden.includes(name) && !name.startsWith("csrf"));
    try { localStorage.setItem(slot(form), JSON.stringify(open)); } catch { /* full: the page itself still has it */ }
  };
  const tell = (form, text, lost) => {
    const line = $("[data-begun]", form);
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.classList.toggle("is-late", lost);
  };
  const keep = async (form) => {
    try {
      const answer = await fetch("/begun/keep", {
        method: "POST", body: body(form), credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
      if (answer.status === 401 || answer.status === 403) {
        keepHere(form);
        tell(form, $("[data-begun]", form).dataset.away, true);
        return;
      }
      const said = await answer.json();
      if (answer.ok) localStorage.removeItem(slot(form));
      tell(form, said.said, !answer.ok);
    } catch {
      keepHere(form);
      tell(form, $("[data-begun]", form).dataset.lost, true);
    }
  };

  const forms = $$("form").filter((form) => form.elements["begun-form"]);
  forms.forEach((form) => {
    let waiting = 0;
    let stale = false;
    const soon = () => { stale = true; clearTimeout(waiting); waiting = setTimeout(() => { stale = false; keep(form); }, 1200); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      stale = false;
      /* Signing in again in another tab has changed the token: a form that was open meanwhile takes the new one. */
      if (token() && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token();
    });
    /* Leaving the page within the moment: the last words go along. */
    window.addEventListener("pagehide", () => {
      if (!stale) return;
      const last = body(form);
      last.set("csrfmiddlewaretoken", token());
      navigator.sendBeacon("/begun/keep", last);
    });
    window.addEventListener("online", () => { if (localStorage.getItem(slot(form))) keep(form); });

    /* What the browser alone kept, as the server could not be reached: back into a form that nobody has touched. */
    const left = localStorage.getItem(slot(form));
    if (left && !$("#begun-offer")) {
      JSON.parse(left).forEach(([name, value]) => {
        const field = form.elements[name];
        if (field instanceof HTMLElement && field.type !== "hidden" && "value" in field && field.type !== "checkbox") field.value = value;
      });
      keep(form);
    }
  });

  /* HTMX: the token of now, and nothing read out twice -------------------------------------------------- */
  document.addEventListener("htmx:configRequest", (event) => { if (token()) event.detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "company") return;
    const text = event.detail.xhr.responseText.trim();
    if (target.dataset.last === text || (!("last" in target.dataset) && !text && !target.textContent.trim())) event.detail.shouldSwap = false;
    target.dataset.last = text;
  });

  /* The first lesson: one step at a time, its place lit; without this script all steps stand there as a list ----- */
  const lesson = $("[data-lesson]");
  if (lesson) {
    const steps = $$("[data-step]", lesson);
    const back = $("[data-lesson-back]", lesson);
    const next = $("[data-lesson-next]", lesson);
    let at = Math.min(Math.max(Number(lesson.dataset.lesson), 1), steps.length) - 1;
    const show = (goes) => {
      steps.forEach((step, place) => { step.hidden = place !== at; });
      back.hidden = at === 0;
      next.hidden = at === steps.length - 1;
      $("[data-lesson-last]", lesson).hidden = at !== steps.length - 1;
      const said = document.createElement("span");
      said.className = "sr";
      said.textContent = `: ${$("b", steps[at]).textContent}`;
      $("[data-lesson-count]", lesson).replaceChildren(`${at + 1} / ${steps.length}`, said);
      $$(".is-lit").forEach((lit) => lit.classList.remove("is-lit"));
      const target = document.getElementById(steps[at].dataset.target);
      if (!target) return;
      /* The last step is at the lesson's own buttons, which are in sight already. */
      const own = lesson.contains(target);
      if (!own) (target.closest(".field, td") || target).classList.add("is-lit");
      if (!goes) return;
      (own ? $("[data-lesson-last]", lesson) : target).focus({ preventScroll: true });
      if (!own) target.scrollIntoView({ block: "center" });
      const told = new FormData($("form", lesson));
      told.set("do", "step");
      told.set("step", at + 1);
      fetch("/help/lesson/go", { method: "POST", body: told, headers: { Accept: "application/json", "X-CSRFToken": token() } }).catch(() => {});
    };
    back.addEventListener("click", () => { at -= 1; show(true); });
    next.addEventListener("click", () => { at += 1; show(true); });
    lesson.classList.add("is-live");
    show(false);
  }

  /* A term's note is shut by Escape without moving away from it */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") $$(".term:hover, .term:focus-within").forEach((one) => one.classList.add("is-shut"));
  });
  document.addEventListener("focusin", () => $$(".term.is-shut").forEach((one) => one.classList.remove("is-shut")));
  document.addEventListener("pointerout", (event) => event.target.closest?.(".term")?.classList.remove("is-shut"));
})();
