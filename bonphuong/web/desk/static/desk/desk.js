/* Bốn Phương: what makes the pages quicker. Every page works without it. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Clicks: menus that close, printing, copying -------------------------------------------------------- */
  document.addEventListener("click", (event) => {
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      event.preventDefault();
      navigator.clipboard.writeText($(copy.dataset.copy).innerText.trim()).then(() => say(copy.dataset.done));
    }
  });

  document.addEventListener("submit", (event) => {
    const asks = event.submitter?.dataset.confirm;
    if (asks && !window.confirm(asks)) event.preventDefault();
  });

  /* Notices in the corner ----------------------------------------------------------------------------- */
  const say = (text) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.textContent = text;
    $("#toasts")?.append(toast);
    leaveSoon(toast);
  };
  const leaveSoon = (toast) => {
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 3000); else toast.remove();
    };
    setTimeout(leave, 10000);
  };
  const settle = (root) => {
    $$(".toast:not(.is-error, .is-warning)", root).forEach(leaveSoon);
    $("[data-focus]:not(.specimen *)", root)?.focus();
  };

  /* Tables that are typed in: add, remove, move by arrows, paste from Excel ---------------------------------- */
  const cells = (row) => $$("input:not([type=hidden], [type=checkbox]), select", row);
  const rows = (grid) => $$("tbody tr", grid);

  const addRow = (grid) => {
    const total = $(`#${CSS.escape(grid.dataset.grid)}-TOTAL_FORMS`);
    const index = Number(total.value);
    const fresh = document.createElement("tbody");
    fresh.innerHTML = $("template", grid.parentElement).innerHTML.replaceAll("__prefix__", index);
    const row = fresh.firstElementChild;
    $("tbody", grid).append(row);
    total.value = index + 1;
    number(grid);
    return row;
  };
  const number = (grid) => rows(grid).filter((row) => !row.hidden).forEach((row, index) => {
    const cell = $("[data-number]", row);
    if (cell) cell.textContent = index + 1;
  });
  const isBlank = (row) => cells(row).every((cell) => cell.matches("select") || !cell.value.trim());
  const put = (cell, text) => {
    if (!cell.matches("select")) { cell.value = text; return; }
    const plain = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").trim().toLowerCase();
    const found = [...cell.options].find((option) => plain(option.text) === plain(text) || option.value === text.trim());
    if (found) cell.value = found.value;
  };
  const paste = (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const grid = event.target.closest("[data-grid]");
    let row = event.target.closest("tr");
    const first = cells(row).indexOf(event.target);
    const lines = text.split("\n").filter((line) => line.trim());
    lines.forEach((line, index) => {
      if (index > 0) row = row.nextElementSibling || addRow(grid);
      line.split("\t").forEach((part, offset) => { const cell = cells(row)[first + offset]; if (cell) put(cell, part.trim()); });
    });
    grid.closest("form")?.dispatchEvent(new Event("input", { bubbles: true }));
    say(grid.dataset.pasted.replace("0", lines.length));
  };
  const move = (event) => {
    const row = event.target.closest("tr");
    const at = cells(row).indexOf(event.target);
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const next = row.nextElementSibling || addRow(event.currentTarget);
      cells(next)[0]?.focus();
    } else if (step && !event.target.matches("select") && row[step]) {
      event.preventDefault();
      cells(row[step])[at]?.focus();
    }
  };
  $$("[data-grid]").forEach((grid) => {
    grid.addEventListener("paste", (event) => { if (event.target.matches("input")) paste(event); });
    grid.addEventListener("keydown", (event) => { if (cells(event.target.closest("tr") || grid).includes(event.target)) move(event); });
    grid.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-remove]");
      if (!remove) return;
      const row = remove.closest("tr");
      const flag = $("[name$='-DELETE']", row);
      if (flag) flag.checked = true;
      row.hidden = true;
      number(grid);
    });
    $(`[data-add="${grid.dataset.grid}"]`)?.addEventListener("click", () => {
      const blank = rows(grid).find((row) => !row.hidden && isBlank(row));
      cells(blank || addRow(grid))[0]?.focus();
    });
  });

  /* Choosing rows, dropping a file, leaving with something unsaved ---------------------------------------------- */
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-all]");
    if (all) $$(`[name="${all.dataset.all}"]`, all.form || document).forEach((box) => { box.checked = all.checked; });
    if (event.target.matches("[data-go]")) event.target.form.requestSubmit();
  });
  $$(".drop").forEach((drop) => {
    const input = $("input[type=file]", drop);
    ["dragover", "dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    }));
  });
  let unsaved = false;
  $$("form[data-guard]").forEach((form) => {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  /* Days of a calendar: arrows go from day to day, a page key to the days before and after ---------------------- */
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  $("[data-days]")?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("[data-day]")) return;
    const days = $$("[data-day]", event.currentTarget).filter((day) => day.offsetParent);
    const turn = { PageUp: "before", PageDown: "after" }[event.key];
    const to = days.indexOf(event.target) + (STEPS[event.key] || 0);
    if (!turn && !STEPS[event.key]) return;
    event.preventDefault();
    if (turn || !days[to]) $(`[data-cal="${turn || (to < 0 ? "before" : "after")}"]`)?.click(); else days[to].focus();
  });

  /* The figure whose evidence is shown is marked in the text; where the drawer lies below, it comes into view */
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "evidence") return;
    const chosen = event.detail.requestConfig.path;
    $$("a[hx-get]").forEach((link) => {
      const open = link.getAttribute("hx-get") === chosen;
      link.classList.toggle("is-open", open);
      if (open) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
    const drawer = event.detail.target;
    drawer.scrollTop = 0;
    if (drawer.getBoundingClientRect().top > window.innerHeight * 0.8) drawer.scrollIntoView();
  });

  /* The search: arrows lead through what was found while one types, Esc closes it ------------------------------- */
  const found = $("#found-panel");
  if (found) {
    const box = $("#search");
    const form = found.parentElement;
    let isShut = false; // an answer that comes after Esc must not open it again
    const shut = () => { isShut = true; found.replaceChildren(); };
    box.addEventListener("input", () => { isShut = false; });
    form.addEventListener("focusin", (event) => { if (!form.contains(event.relatedTarget)) isShut = false; });
    found.addEventListener("htmx:beforeSwap", (event) => { if (isShut) event.detail.shouldSwap = false; });
    form.addEventListener("keydown", (event) => {
      const links = $$("[data-found]", found);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && found.childElementCount) {
        event.preventDefault();
        event.stopPropagation();
        box.focus();
        shut();
      } else if (step && links.length) {
        event.preventDefault();
        const at = links.indexOf(document.activeElement) + step;
        if (at < 0) box.focus({ preventScroll: true }); else links[Math.min(at, links.length - 1)].focus();
      }
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) shut(); });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) shut();
    });
  }

  /* Figures that are put into a text where the cursor stands; without this script they are copied from the list */
  const pick = $("[data-pick]");
  if (pick) {
    const text = $(pick.dataset.pick);
    const bare = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
    const find = $("input", pick);
    pick.classList.add("is-live");
    $("[data-pick-find]", pick).hidden = false;
    find.addEventListener("input", () => {
      const wanted = bare(find.value).split(/\s+/);
      const lines = $$("[data-words]", pick);
      lines.forEach((line) => { line.hidden = !wanted.every((word) => bare(line.dataset.words).includes(word)); });
      $("[data-pick-none]", pick).hidden = lines.some((line) => !line.hidden);
    });
    pick.addEventListener("click", (event) => {
      const put = event.target.closest("[data-put]");
      if (!put) return;
      text.setRangeText(put.dataset.put, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }

  settle(document);
  document.addEventListener("htmx:afterSwap", (event) => settle(event.target));
})();
