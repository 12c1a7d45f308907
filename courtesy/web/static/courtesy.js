/* What a page does beyond links and forms, which work without it: single keys (they can be switched off), Ctrl+Enter,
   words kept while they are typed. No dependency; nothing is written as HTML. */
(() => {
  "use strict";
  const root = document.documentElement;
  const status = (words) => { const line = document.getElementById("status"); if (line) line.textContent = words; };
  const typing = (at) => at instanceof Element && at.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const shown = (it) => it.checkVisibility ? it.checkVisibility() : it.offsetParent !== null;

  // --- Keys ---------------------------------------------------------------------------------------------------------
  const press = (key) => {
    const it = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(shown);
    if (!it) return false;
    if (it.matches("input, textarea")) it.focus(); else it.click();
    return true;
  };
  const step = (by) => {
    const rows = [...document.querySelectorAll("[data-rows] a[href]")];
    const now = rows.findIndex((row) => row === document.activeElement || row.hasAttribute("aria-current"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + by))];
    if (next) next.focus();
    return Boolean(next);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      const button = [...event.target.form.elements].find((one) => one.matches("[data-sends]"));
      if (button) { event.preventDefault(); event.target.form.requestSubmit(button); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (root.dataset.keys === "off" || typing(event.target)) return;
    const done = event.key === "j" ? step(1) : event.key === "k" ? step(-1) : event.key.length === 1 && press(event.key.toLowerCase());
    if (done) event.preventDefault();
  });

  // --- Words kept while they are typed --------------------------------------------------------------------------------
  // <textarea data-keep="/address" data-keep-as="thread-7" data-keep-stamp="12">: posted half a second after the last key,
  // and held in this browser until the server has kept it, so that a lost line or a dead battery loses nothing. Words held
  // under another stamp have been sent since, and are let go.
  const late = new Map();
  const shelf = (box) => `courtesy:${box.dataset.keepAs}`;
  const stamp = (box) => `${box.dataset.keepStamp || ""}\n`;
  const hold = (box) => { try { localStorage.setItem(shelf(box), stamp(box) + box.value); } catch { /* full or forbidden: the server still has it */ } };
  const release = (box) => { try { localStorage.removeItem(shelf(box)); } catch { /* as above */ } };
  const tell = (box, words) => {
    const line = document.getElementById(box.dataset.keepTells || "");
    if (line) line.textContent = words;
  };
  const keep = async (box) => {
    late.delete(box);
    const said = box.value;
    const body = new URLSearchParams(new FormData(box.form));
    try {
      const answer = await fetch(box.dataset.keep, { method: "POST", body, keepalive: true, headers: { "X-Kept-By": "courtesy.js" } });
      if (!answer.ok) throw new Error(String(answer.status));
      if (box.value === said) { release(box); tell(box, box.dataset.keptWords || ""); }
    } catch {
      tell(box, box.dataset.heldWords || "");
    }
  };
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement) || !box.dataset.keep) return;
    hold(box);
    tell(box, "");
    clearTimeout(late.get(box));
    late.set(box, setTimeout(keep, 500, box));
  });
  document.addEventListener("submit", (event) => {
    for (const box of event.target.querySelectorAll("textarea[data-keep]")) { clearTimeout(late.get(box)); late.delete(box); }
    const button = event.submitter;
    if (button && button.matches("[data-sends]")) button.setAttribute("aria-busy", "true");
  });
  const recall = (part) => {
    for (const box of part.querySelectorAll("textarea[data-keep]")) {
      let held = null;
      try { held = localStorage.getItem(shelf(box)); } catch { continue; }
      const words = held && held.startsWith(stamp(box)) ? held.slice(stamp(box).length) : "";
      if (!words.trim() || words === box.value) { release(box); continue; }
      box.value = words;
      keep(box);
    }
  };
  // Where no composer is open, words of an older stamp have been sent since: they need not lie in this browser.
  const tidy = (part) => {
    for (const place of part.querySelectorAll("[data-shelf]")) {
      const key = `courtesy:${place.dataset.shelf}`;
      try { const held = localStorage.getItem(key); if (held !== null && !held.startsWith(stamp(place))) localStorage.removeItem(key); } catch { return; }
    }
  };
  addEventListener("pagehide", () => { for (const box of late.keys()) keep(box); });
  addEventListener("pageshow", () => { for (const it of document.querySelectorAll("[aria-busy=true]")) it.removeAttribute("aria-busy"); });

  // --- What others did ------------------------------------------------------------------------------------------------
  // The stream says only names ("thread", with a number). <main data-live="inbox thread:7"> is told "fresh" when one of its
  // names comes, and htmx fetches it anew with the reader's own rights. A list under the pointer waits until it has left.
  const due = new Map();
  const freshen = (part) => {
    if (part.querySelector("[data-still]:hover")) { due.set(part, setTimeout(freshen, 1500, part)); return; }
    due.delete(part);
    if (window.htmx) window.htmx.trigger(part, "fresh");
  };
  const heard = (name, subject) => {
    for (const part of document.querySelectorAll("[data-live]")) {
      const names = part.dataset.live.split(" ");
      if (name !== "reload" && !names.includes(name) && !names.includes(`${name}:${subject}`)) continue;
      if (!due.has(part)) due.set(part, setTimeout(freshen, 200, part));
    }
  };
  for (const name of ["inbox", "thread", "outbox", "arrivals", "jobs-changed", "articles", "mailboxes", "second-path", "trial", "reload"]) {
    document.addEventListener(name, (event) => heard(name, event.detail && event.detail.data));
  }
  // htmx mends a line that once stood. One whose very first call failed (the house was just starting again) is called anew.
  let stands = false;
  document.addEventListener("htmx:sse:after:connection", () => { stands = true; });
  const call = () => {
    const line = document.getElementById("live");
    if (stands || !line || !window.htmx) return;
    const anew = line.cloneNode(false);
    line.replaceWith(anew);
    window.htmx.process(anew);
    setTimeout(call, 5000);
  };
  setTimeout(call, 5000);
  const putAway = () => {
    // An undo goes when it can undo nothing any more; mere words go after a quarter of a minute, a failure stays.
    for (const toast of document.querySelectorAll("#said > .toast:not(.alert, [data-going])")) {
      const seconds = toast.dataset.seconds || (toast.querySelector("form") ? "" : "15");
      toast.dataset.going = seconds;
      if (seconds) setTimeout(() => toast.remove(), Number(seconds) * 1000);
    }
  };

  // --- Passkeys -----------------------------------------------------------------------------------------------------------
  // <form data-passkey="get|create">: shown where the browser can do it. Its button asks the browser for a passkey, by what
  // stands in data-passkey-options or is fetched from the form's address, and sends the form with it.
  if (window.isSecureContext && window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON) {
    for (const form of document.querySelectorAll("form[data-passkey]")) form.hidden = false;
    for (const words of document.querySelectorAll("[data-passkey-cannot]")) words.hidden = true;
  }
  const passkeyFor = async (form) => {
    const asked = form.dataset.passkeyOptions || await (await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } })).text();
    const options = JSON.parse(asked).publicKey;
    const given = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    return JSON.stringify(given.toJSON());
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value) return;
    event.preventDefault();
    const tells = form.querySelector("[data-passkey-tells]");
    tells.textContent = "";
    try {
      form.elements.credential.value = await passkeyFor(form);
    } catch {
      tells.textContent = tells.dataset.passkeyWrong;
      return;
    }
    form.requestSubmit();
  });

  // --- After a piece of the page was exchanged -------------------------------------------------------------------------
  document.addEventListener("htmx:after:swap", () => { recall(document); tidy(document); putAway(); });
  const print = (event) => { if (event.target instanceof Element && event.target.closest("[data-print]")) window.print(); };
  document.addEventListener("click", print);
  document.addEventListener("change", (event) => { if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit(); });
  const ready = () => { recall(document); tidy(document); putAway(); const first = document.querySelector("[aria-invalid=true], [data-focus]"); if (first) first.focus(); status(""); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
