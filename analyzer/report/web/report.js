"use strict";
// Adds filters, sorting and the wording of a claim beside its reference. Without it all can be read.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // ---- tables that are not wider than their place need no region to scroll ----------------

  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth;
      for (const [name, value] of [["role", "region"], ["tabindex", "0"]]) {
        if (wide) target.setAttribute(name, value);
        else target.removeAttribute(name);
      }
    }
  });
  all(".scroll").forEach((region) => watch.observe(region));

  // ---- sorting ----------------------------------------------------------------------------

  const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december"];
  const MONTH = new RegExp(`\\b(?:(\\d{1,2})\\b[^a-z]*(?:to \\d{1,2} )?)?(${MONTHS.join("|")})\\b`, "i");
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const asNumber = (text) => {
    const found = text.replace(/(\d)[,\u00a0\u202f ](?=\d{3})/g, "$1").replace("\u2212", "-").match(/-?\d+(?:\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  const asShare = (text) => {
    const found = text.match(/^([\d,]+) of ([\d,]+)/);
    return found ? asNumber(found[1]) / asNumber(found[2]) : null;
  };

  // The first day that a text names, as one number: 2024-03-01, [2024-03], "30 March to 2 May 2024".
  const asDate = (text) => {
    const iso = text.match(/(\d{4})-(\d\d)(?:-(\d\d))?/);
    if (iso) return Number(iso[1]) * 1e4 + Number(iso[2]) * 100 + Number(iso[3] || 0);
    const year = text.match(/\b\d{4}\b/);
    if (!year) return null;
    const month = text.match(MONTH);
    const day = month ? (MONTHS.indexOf(month[2].toLowerCase()) + 1) * 100 + Number(month[1] || 0) : 0;
    return Number(year[0]) * 1e4 + day;
  };

  const READERS = { number: asNumber, figure: asNumber, share: asShare, date: asDate, text: (text) => text || null };

  const keyOf = (row, column, holds) => {
    const cell = row.cells[column];
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const wording = cell.querySelector("bdi") || cell;
    return READERS[holds]((holds === "figure" ? wording : cell).textContent.trim());
  };

  // What has no value stands last, in either direction; equals keep the order of the report.
  const compare = (a, b, sign) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
    const order = typeof a.key === "string" || typeof b.key === "string"
      ? collator.compare(String(a.key), String(b.key)) : a.key - b.key;
    return sign * order || a.place - b.place;
  };

  const sortBody = (body, original, column, holds, sign) => {
    const rows = original.filter((row) => !row.classList.contains("group"));
    const keyed = rows.map((row, place) => ({ row, place, key: sign ? keyOf(row, column, holds) : place }));
    keyed.sort((a, b) => compare(a, b, sign || 1));
    body.append(...keyed.map((entry) => entry.row));
  };

  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const SIGN = { none: 0, ascending: 1, descending: -1 };

  const makeSortable = (table) => {
    const bodies = Array.from(table.tBodies, (body) => [body, Array.from(body.rows)]);
    if (!bodies.some(([, rows]) => rows.length > 2)) return;
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const now = NEXT[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.setAttribute("aria-sort", other === head ? now : "none"));
        bodies.forEach(([body, rows]) => sortBody(body, rows, column, head.dataset.holds, SIGN[now]));
      });
    });
  };
  all("table").forEach(makeSortable);

  // ---- filters ----------------------------------------------------------------------------

  const form = document.getElementById("filters");
  const START = "#findings?";

  const makeFilters = () => {
    const selects = all("select", form);
    const status = document.getElementById("count");
    const articles = all("article.finding").map((article) => ({
      article,
      row: document.querySelector(`tr[data-finding="${CSS.escape(article.id)}"]`),
      facets: JSON.parse(article.dataset.facets),
    }));

    const apply = () => {
      const wanted = selects.filter((select) => select.value);
      let shown = 0;
      for (const { article, row, facets } of articles) {
        const fits = wanted.every((select) => facets[select.name].includes(select.value));
        article.hidden = row.hidden = !fits;
        shown += fits;
      }
      const which = wanted.length ? `${shown} of` : "All";
      status.textContent = `${which} ${articles.length} findings shown`
        + (shown ? "" : ": none has all that is chosen");
      return wanted;
    };

    const remember = (wanted) => {
      const state = new URLSearchParams(wanted.map((select) => [select.name, select.value]));
      history.replaceState(null, "", wanted.length ? `${START}${state}` : "#findings");
    };

    const recall = () => {
      if (!location.hash.startsWith(START)) return reveal();
      const state = new URLSearchParams(location.hash.slice(START.length));
      for (const select of selects) {
        select.value = state.get(select.name) || "";
        if (select.selectedIndex < 0) select.value = "";
      }
      apply();
      document.getElementById("findings").scrollIntoView();
    };

    // A link to a finding that is filtered out shows all of them again.
    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !target.closest("article.finding[hidden]")) return;
      selects.forEach((select) => { select.value = ""; });
      apply();
      target.scrollIntoView();
    };

    form.addEventListener("change", () => remember(apply()));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => remember(apply())));
    window.addEventListener("hashchange", recall);
    form.hidden = false;
    apply();
    recall();
  };
  if (form) makeFilters();

  // ---- the wording of a claim, beside its reference ---------------------------------------

  const WAIT = 250; // ms; so long the pointer may take from the reference to its box
  const tip = document.createElement("span");
  tip.id = "tip";
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  let owner = null;
  let leaving = 0;

  const line = (name, text) => {
    const span = document.createElement("span");
    const label = document.createElement("b");
    label.textContent = `${name}: `;
    span.append(label, text);
    return span;
  };

  const fill = (row) => {
    const copy = (selector) => row.querySelector(selector).cloneNode(true);
    const text = (selector) => row.querySelector(selector).textContent.trim();
    const said = document.createElement("span");
    said.className = "said";
    said.append("“", copy(".wording"), "”");
    const lines = [["allows", ".bounds"], ["publisher", ".publisher"], ["origin", ".origin"],
      ["figure of", ".as-of"], ["published", ".published"]];
    tip.replaceChildren(said, ...lines.map(([name, selector]) => line(name, text(selector))));
    const page = row.querySelector("a.page");
    if (page) tip.append(line("page", page.cloneNode(true)));
  };

  const place = () => {
    if (!owner) return;
    const box = owner.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > innerHeight) { hide(); return; }
    const below = box.bottom + 6;
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below + tip.offsetHeight > innerHeight && above > 0 ? above : below}px`;
  };

  const hide = () => {
    clearTimeout(leaving);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.remove();
  };

  // The focus would be lost with the box; it goes back to where the box was opened from.
  const dismiss = () => {
    const link = tip.contains(document.activeElement) ? owner : null;
    if (link) link.focus();
    hide();
  };

  const show = (link) => {
    clearTimeout(leaving);
    if (link === owner) return;
    const row = document.getElementById(link.hash.slice(1));
    if (!row) return;
    hide();
    owner = link;
    fill(row);
    link.after(tip); // so that the next press of Tab reaches the page's link in it
    link.setAttribute("aria-describedby", "tip");
    place();
  };

  const inside = (node) => node instanceof Node && (tip.contains(node) || (owner && owner.contains(node)));
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, WAIT); };
  const linkOf = (event) => event.target.closest && event.target.closest("a.claim");

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType !== "touch") show(link);
    else if (inside(event.target)) clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => {
    if (inside(event.target) && !inside(event.relatedTarget) && !inside(document.activeElement)) leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link) show(link);
    else if (owner && !inside(event.target)) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (owner && !inside(event.relatedTarget)) leave();
  });
  document.addEventListener("click", (event) => { if (linkOf(event)) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") dismiss(); });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
})();
