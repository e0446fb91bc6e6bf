/* Bốn Phương: the keyboard. What a key does stands on the page: `data-key` for one key, `data-chord` for g and a letter. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const OFF = "keys-off";
  const TYPED = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
  const WAIT = 1500;
  const isShown = (item) => item.offsetParent !== null;

  const keys = $("#keys");
  const openKeys = () => { if (keys && !keys.open) keys.showModal(); };

  /* One letter is easily hit by chance, or by a voice: whoever wants none switches them off here. */
  const off = $("[data-keys-off]");
  const areOff = () => localStorage.getItem(OFF) === "1";
  if (off) {
    off.checked = areOff();
    off.addEventListener("change", () => { if (off.checked) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF); });
  }

  /* Rows of a list: the first link of each, in the order of the page */
  const ROWS = "main .table:not(.table--still) tbody tr, main .tasks > li, main .begun-line, main [data-rows] > *";
  const stops = () => $$(ROWS).map((row) => $("a[href]", row)).filter((link) => link && isShown(link));
  const step = (by) => {
    const all = stops();
    if (!all.length) return false;
    const row = document.activeElement?.closest(ROWS);
    const at = row ? all.findIndex((link) => row.contains(link)) : -1;
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  };

  let chord = 0;
  const follow = (item) => {
    if (item.matches("input, select, textarea")) { item.focus(); item.select?.(); return; }
    item.click();
    if (item.matches("summary")) $("a, button", item.parentElement)?.focus();
  };
  const wanted = (name, key) => {
    const named = `[data-${name}="${CSS.escape(key)}"]`;
    return $(`main ${named}`) || $(named);
  };

  const plain = (event) => {
    if (Date.now() - chord < WAIT) {
      chord = 0;
      const goal = wanted("chord", event.key);
      if (goal) { event.preventDefault(); location.assign(goal.href); return; }
    }
    if (event.key === "g") { chord = Date.now(); return; }
    if (event.key === "?") { event.preventDefault(); openKeys(); return; }
    if ((event.key === "j" || event.key === "k") && step(event.key === "j" ? 1 : -1)) { event.preventDefault(); return; }
    const item = wanted("key", event.key);
    if (item) { event.preventDefault(); follow(item); }
  };

  const escape = () => {
    $$("details.menu[open]").forEach((menu) => { menu.open = false; $("summary", menu).focus(); });
    if (location.hash === "#nav") { location.hash = "#main"; $(".topbar__menu")?.focus(); }
    if (document.activeElement?.matches("input[type=search]")) document.activeElement.blur();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Telex and other ways of typing Vietnamese, Lao and Chinese
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      /* A page with one form to save is saved from wherever one stands on it. */
      const saves = $$("main [data-save]");
      const form = event.target.closest("form") || (saves.length === 1 ? saves[0].form : null);
      if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("[data-save]") || undefined); }
      return;
    }
    if (event.key === "Escape") { escape(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
    if ($("dialog[open]")) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && document.activeElement?.matches("a") && document.activeElement.closest(ROWS)) {
      if (step(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (event.key === "/" || !areOff()) plain(event);
    else if (event.key === "?") { event.preventDefault(); openKeys(); }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest('[href="#keys"]')) { event.preventDefault(); openKeys(); }
  });
})();
