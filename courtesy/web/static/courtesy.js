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
  // What is kept with the words: <input data-keep-too> of the same form, as the addresses an answer also goes to.
  const along = (box) => [...box.form.elements].filter((one) => one.matches("[data-keep-too]"));
  const hold = (box) => {
    const boxes = Object.fromEntries(along(box).map((one) => [one.name, one.value]));
    try {
      localStorage.setItem(shelf(box), stamp(box) + box.value);
      localStorage.setItem(`${shelf(box)}:too`, stamp(box) + JSON.stringify(boxes));
    } catch { /* full or forbidden: the server still has it */ }
  };
  const release = (box) => { try { for (const end of ["", ":too"]) localStorage.removeItem(shelf(box) + end); } catch { /* as above */ } };
  const tell = (box, words) => {
    const line = document.getElementById(box.dataset.keepTells || "");
    if (line) line.textContent = words;
  };
  const keep = async (box) => {
    late.delete(box);
    const now = () => [box, ...along(box)].map((one) => one.value).join("\n");
    const said = now();
    // Words only: a file that was chosen goes by the form's own buttons.
    const body = new URLSearchParams([...new FormData(box.form)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await fetch(box.dataset.keep, { method: "POST", body, keepalive: true, headers: { "X-Kept-By": "courtesy.js" } });
      if (!answer.ok) throw new Error(String(answer.status));
      if (now() === said) { release(box); tell(box, box.dataset.keptWords || ""); }
    } catch {
      tell(box, box.dataset.heldWords || "");
    }
  };
  document.addEventListener("input", (event) => {
    const box = event.target.matches("[data-keep-too]") ? event.target.form.querySelector("textarea[data-keep]") : event.target;
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
      const held = (end) => { const it = localStorage.getItem(shelf(box) + end); return it && it.startsWith(stamp(box)) ? it.slice(stamp(box).length) : ""; };
      let words = "", too = {};
      try { words = held(""); too = JSON.parse(held(":too") || "{}"); } catch { continue; }
      const others = along(box).filter((one) => typeof too[one.name] === "string" && too[one.name] !== one.value);
      if ((!words.trim() || words === box.value) && !others.length) { release(box); continue; }
      if (words.trim()) box.value = words;
      for (const one of others) { one.value = too[one.name]; one.closest("details").open = true; }
      keep(box);
    }
  };
  // Where no composer is open, words of an older stamp have been sent since: they need not lie in this browser.
  const tidy = (part) => {
    for (const place of part.querySelectorAll("[data-shelf]")) {
      for (const key of [`courtesy:${place.dataset.shelf}`, `courtesy:${place.dataset.shelf}:too`]) {
        try { const held = localStorage.getItem(key); if (held !== null && !held.startsWith(stamp(place))) localStorage.removeItem(key); } catch { return; }
      }
    }
  };
  addEventListener("pagehide", () => { for (const box of late.keys()) keep(box); });
  addEventListener("pageshow", () => { for (const it of document.querySelectorAll("[aria-busy=true]")) it.removeAttribute("aria-busy"); });

  // --- What others did ------------------------------------------------------------------------------------------------
  // The stream says only names ("thread", with a number). <main data-live="inbox thread:7"> is told "fresh" when one of its
  // names comes, and htmx fetches it anew with the reader's own rights. A list under the pointer waits until it has left.
  const due = new Map();
  // While it waits it is told "held", each time something comes: commands.js then says what is new.
  const held = new Set();
  const wait = (part) => {
    due.set(part, setTimeout(freshen, 1500, part));
    if (!held.has(part)) { held.add(part); part.dispatchEvent(new Event("held", { bubbles: true })); }
  };
  const freshen = (part) => {
    if (part.querySelector("[data-still]:hover, .row-pick > :checked")) { wait(part); return; }
    held.delete(part);
    due.delete(part);
    if (window.htmx) window.htmx.trigger(part, "fresh");
  };
  const heard = (name, subject) => {
    for (const part of document.querySelectorAll("[data-live]")) {
      const names = part.dataset.live.split(" ");
      if (name !== "reload" && !names.includes(name) && !names.includes(`${name}:${subject}`)) continue;
      if (held.has(part)) part.dispatchEvent(new Event("held", { bubbles: true }));
      if (!due.has(part)) due.set(part, setTimeout(freshen, 200, part));
    }
  };
  for (const name of ["inbox", "thread", "outbox", "arrivals", "jobs-changed", "articles", "mailboxes", "second-path", "trial", "bringing", "handed-in", "replay", "reload"]) {
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

  // --- Texts put in while writing -----------------------------------------------------------------------------------
  // <textarea data-texts="/address" data-signs="/ ??">: what stands between a sign and the caret is looked for, and what
  // is chosen takes its place. Arrows choose, Enter or Tab puts in, Escape lets it be. Nothing is written as HTML.
  const SIGN = /(?:^|\s)(\/|\?\?|@)([^\n/@?]{0,40})$/;
  let asking = 0;
  const listOf = (box) => box.parentElement.querySelector("ul.texts");
  const letBe = (box) => {
    const list = listOf(box);
    if (list) list.remove();
    asking += 1;
    for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) box.removeAttribute(name);
  };
  const choose = (box, item) => {
    for (const one of listOf(box).children) one.setAttribute("aria-selected", String(one === item));
    box.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const putIn = (box, item) => {
    const end = box.selectionStart;
    const begin = Number(item.dataset.begin);
    box.setRangeText(item.textWords, begin, end, "end");
    letBe(box);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };
  const offer = (box, texts, begin) => {
    letBe(box);
    const list = document.createElement("ul");
    list.className = "texts";
    list.id = "texts";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.textsAre || "");
    if (!texts.length) { status(box.dataset.noTexts || ""); return; }
    texts.forEach((text, number) => {
      const item = document.createElement("li");
      item.id = `text-${number}`;
      item.setAttribute("role", "option");
      item.dataset.begin = String(begin);
      item.textWords = text.words;
      item.append(text.name);
      if (text.glimpse) { const line = document.createElement("span"); line.textContent = text.glimpse; item.append(line); }
      item.addEventListener("mousedown", (event) => { event.preventDefault(); putIn(box, item); });
      list.append(item);
    });
    box.after(list);
    status(texts.length === 1 ? texts[0].name : `${texts.length}: ${texts[0].name}`);
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", "texts"]]) box.setAttribute(name, value);
    choose(box, list.firstElementChild);
  };
  const lookFor = async (box) => {
    const typed = SIGN.exec(box.value.slice(0, box.selectionStart));
    if (!typed || !box.dataset.signs.split(" ").includes(typed[1])) { if (listOf(box)) letBe(box); return; }
    const turn = asking += 1;
    const body = new URLSearchParams({ sign: typed[1], words: typed[2] });
    const token = box.form.elements.csrfmiddlewaretoken;
    if (token) body.set("csrfmiddlewaretoken", token.value);
    const begin = box.selectionStart - typed[1].length - typed[2].length;
    try {
      const answer = await fetch(box.dataset.texts, { method: "POST", body });
      if (turn !== asking || !answer.ok) return;
      offer(box, (await answer.json()).texts, begin);
    } catch { letBe(box); }
  };
  document.addEventListener("input", (event) => { if (event.target.matches("textarea[data-texts]")) lookFor(event.target); });
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    const list = box.matches && box.matches("textarea[data-texts]") ? listOf(box) : null;
    if (!list || event.isComposing) return;
    const now = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") choose(box, now.nextElementSibling || list.firstElementChild);
    else if (event.key === "ArrowUp") choose(box, now.previousElementSibling || list.lastElementChild);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey) putIn(box, now);
    else if (event.key === "Escape") letBe(box);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("focusout", (event) => { if (event.target.matches("textarea[data-texts]") && listOf(event.target)) letBe(event.target); });
  // Files that were chosen are kept at once, with the words: the button beside them is for pages without a script.
  document.addEventListener("change", (event) => {
    const button = event.target.dataset && event.target.dataset.presses ? document.getElementById(event.target.dataset.presses) : null;
    if (!button || !event.target.value) return;
    const bytes = [...event.target.files].reduce((sum, file) => sum + file.size, 0);
    if (bytes <= Number(event.target.dataset.most)) { button.form.requestSubmit(button); return; }
    // The server refuses them too, but only after they have travelled.
    event.target.value = "";
    tell(button.form.querySelector("textarea[data-keep]"), event.target.dataset.tooMuch);
  });

  // --- Who is here ----------------------------------------------------------------------------------------------------
  // A page that somebody looks at says so every twenty seconds, and looks again where somebody else came or went.
  let typedAt = 0;
  document.addEventListener("input", (event) => { if (event.target.matches("#composer textarea")) typedAt = Date.now(); });
  const look = async () => {
    const page = document.querySelector("main[data-looks]");
    if (!page || document.visibilityState !== "visible") return;
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ event: page.dataset.seen, csrfmiddlewaretoken: token ? token.value : "" });
    if (Date.now() - typedAt < 20_000) body.set("writes", "1");
    try {
      const answer = await fetch(page.dataset.looks, { method: "POST", body });
      if (answer.ok && (await answer.json()).here !== page.dataset.here && window.htmx) window.htmx.trigger(page, "fresh");
    } catch { /* no line: the next look tells */ }
  };
  setInterval(look, 20_000);
  document.addEventListener("visibilitychange", look);

  // --- After a piece of the page was exchanged -------------------------------------------------------------------------
  document.addEventListener("htmx:after:swap", () => { recall(document); tidy(document); putAway(); });
  const print = (event) => { if (event.target instanceof Element && event.target.closest("[data-print]")) window.print(); };
  document.addEventListener("click", print);
  document.addEventListener("change", (event) => { if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit(); });
  const ready = () => { recall(document); tidy(document); putAway(); const first = document.querySelector("[aria-invalid=true], [data-focus]"); if (first) { first.focus(); if (first.dataset.caret === "start") { first.setSelectionRange(0, 0); first.scrollTop = 0; } } status(""); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
