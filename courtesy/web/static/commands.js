/* The command bar (Ctrl K), the sheet of keys (?), places by two keys (G I), ticks in the list (X), and the quiet line that
   says what is new in a list that a hand is on. All of it is a page or a button too. Like courtesy.js: no dependency; what
   the server rendered is put in as it stands, nothing is made up here. */
(() => {
  "use strict";
  const root = document.documentElement;
  const typing = (at) => at instanceof Element && at.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  // --- Dialogs ----------------------------------------------------------------------------------------------------------
  const dialog = () => document.getElementById("commands");
  const openThread = () => { const at = location.pathname.match(/^\/inbox\/(\d+)$/); return at ? `?thread=${at[1]}` : ""; };
  // htmx fetches: what came may be written into a page by it alone (trusted types).
  // What is typed while it is under way goes into it, and is no key of the page beneath: an "e" would resolve.
  let early = null;
  document.addEventListener("keydown", (event) => {
    if (!early || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") early.off = true;
    else if (event.key === "Backspace") early.letters = early.letters.slice(0, -1);
    else if (event.key === "Enter") early.enter = true;
    else if (event.key.length === 1) early.letters += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  const open = async (address) => {
    const box = dialog();
    if (!box || box.open || early) return;
    early = { letters: "", enter: false, off: false };
    box.replaceChildren();
    try { await window.htmx.ajax("GET", address, { target: box, select: ".commands", swap: "innerHTML" }); } catch { /* below */ }
    const typed = early;
    early = null;
    if (typed.off) return;
    if (!box.querySelector(".commands")) { location.assign(address); return; }
    box.showModal();
    const words = box.querySelector("#command-words");
    if (!words) return;
    words.focus();
    if (typed.letters) { words.value = typed.letters; words.dispatchEvent(new Event("input", { bubbles: true })); }
    if (typed.enter) words.form.requestSubmit();
  };
  const lines = () => [...dialog().querySelectorAll(".command")];
  const move = (by) => {
    const all = lines();
    const now = all.indexOf(document.activeElement);
    const next = now + by;
    if (next < 0) dialog().querySelector("#command-words").focus(); else if (all[next]) all[next].focus();
  };
  const ask = async (form) => {
    const said = form.elements.words.value;
    await window.htmx.ajax("POST", form.getAttribute("action"), { source: form, target: "#command-results", select: "#command-results", swap: "outerHTML" }).catch(() => {});
    // More was typed while the answer was under way.
    if (form.isConnected && form.elements.words.value !== said) await ask(form);
  };
  let late = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "command-words") return;
    clearTimeout(late);
    late = setTimeout(ask, 150, event.target.form);
  });
  // Enter in the bar takes the first line; on the page too, where the form would only show it.
  document.addEventListener("submit", async (event) => {
    if (!event.target.querySelector("#command-words") || !dialog() || !dialog().open) return;
    event.preventDefault();
    clearTimeout(late);
    await ask(event.target);
    const first = lines()[0];
    if (first) first.click();
  });
  document.addEventListener("click", (event) => {
    const box = dialog();
    if (box && event.target === box) box.close();
    const opens = event.target instanceof Element && event.target.closest("[data-opens]");
    if (opens && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); open(opens.getAttribute("href") + openThread()); }
  });

  // --- Keys -------------------------------------------------------------------------------------------------------------
  let going = 0;
  const goTo = (letter) => {
    const place = document.querySelector(`#rail [data-go="${CSS.escape(letter)}"]`);
    if (place) place.click();
    return Boolean(place);
  };
  const tick = () => {
    const row = document.activeElement && document.activeElement.closest(".row");
    const box = row && row.querySelector(".row-pick > input");
    if (box) box.click();
    return Boolean(box);
  };
  // S and T open the thread's menu where their field is; U needs no menu.
  const doing = (field) => {
    const it = document.querySelector(`details.doing ${field}`);
    if (!it) return false;
    it.closest("details").open = true;
    it.focus();
    return true;
  };
  const unread = () => {
    const form = document.querySelector('.pane-thread form[action*="/unread"]');
    if (form) form.requestSubmit();
    return Boolean(form);
  };
  const single = (key) => {
    if (Date.now() - going < 1500) { going = 0; return goTo(key.toLowerCase()); }
    if (key === "g") { going = Date.now(); return true; }
    if (key === "?") { open("/keys"); return true; }
    return (key === "x" && tick()) || (key === "s" && doing('[name="until"]')) || (key === "t" && doing('[name="tag"]')) || (key === "u" && unread());
  };
  document.addEventListener("keydown", (event) => {
    const box = dialog();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (box && box.open) box.close(); else open(`/commands${openThread()}`);
      return;
    }
    if (box && box.open) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
      // The keys of the page beneath are not this dialog's.
      if (event.key !== "Escape") event.stopImmediatePropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off" || typing(event.target)) return;
    if (event.key.length === 1 && single(event.key)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);

  // --- The list ---------------------------------------------------------------------------------------------------------
  const counted = () => {
    const says = document.getElementById("many-says");
    if (!says) return;
    const chosen = document.querySelectorAll(".row-pick > :checked").length;
    says.textContent = chosen === 1 ? says.dataset.one : says.dataset.more.replace("#", chosen);
  };
  document.addEventListener("change", (event) => { if (event.target.matches(".row-pick > input")) counted(); });
  addEventListener("pageshow", counted);

  // A hand is on the list: what came since is counted and waits for a click; no row moves. Only numbers and times are read.
  const ROW = /id="(row-\d+)"[^]*?<time datetime="([^"]+)"/g;
  const known = (within) => new Map([...within.querySelectorAll(".rows > .row")].map((row) => [row.id, row.querySelector("time").getAttribute("datetime")]));
  const news = async (part) => {
    const line = document.getElementById("news");
    const answer = line && await fetch(part.getAttribute("hx-get")).catch(() => null);
    if (!answer || !answer.ok || !part.isConnected) return;
    const now = known(part), then = new Map([...(await answer.text()).matchAll(ROW)].map((found) => [found[1], found[2]]));
    const fresh = [...then].filter(([id, at]) => now.get(id) !== at).length;
    line.querySelector("span").textContent = fresh === 1 ? line.dataset.one : fresh ? line.dataset.more.replace("#", fresh) : line.dataset.moved;
    line.hidden = !fresh && now.size === then.size;
  };
  let soon = 0;
  document.addEventListener("held", (event) => { clearTimeout(soon); soon = setTimeout(news, 300, event.target); });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-show-news]")) return;
    const part = event.target.closest("[data-live]");
    document.getElementById("news").hidden = true;
    if (part && window.htmx) window.htmx.trigger(part, "fresh");
  });
})();
