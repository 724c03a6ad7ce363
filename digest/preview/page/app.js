"use strict";
// Every state of the page is an address, made by the server. This script fetches the next one and
// puts its parts into place, follows changes, and gives everything a key.

const REGIONS = ["side", "envelope", "tabs", "bar", "away", "notes", "pane"];
const root = document.documentElement;
const at = (id) => document.getElementById(id);

const scheme = localStorage.getItem("scheme");
if (scheme) root.dataset.scheme = scheme;

/* --- from one state to the next --- */

let turn = 0, here = location.href;
/** Where each mail and each pane was left. */
const places = new Map();

async function go(address, { push = true, form = null } = {}) {
  const mine = ++turn;
  const body = form ? new URLSearchParams(new FormData(form)) : null;
  let answer;
  try {
    answer = await fetch(address, form ? { method: "POST", body } : {});
  } catch {
    return heard("");
  }
  const text = await answer.text();
  const isSame = !form && new URL(address, location.href).href === location.href;
  if (mine !== turn) return;
  if (!answer.ok) return tell(text.slice(0, 200));
  const next = new DOMParser().parseFromString(text, "text/html");
  leave();
  if (push && !form) history.pushState(null, "", address);
  if (form && answer.redirected) history.replaceState(null, "", answer.url);
  here = location.href;
  show(next, isSame);
}

function show(next, isSame) {
  const focus = mark(document.activeElement);
  document.title = next.title;
  document.body.dataset.version = next.body.dataset.version;
  for (const id of REGIONS) {
    const [old, fresh] = [at(id), next.getElementById(id)];
    if (!old || !fresh || old.outerHTML === fresh.outerHTML) continue;
    if (id === "pane" && keepFrame(old, fresh)) continue;
    if (id === "bar" && isSame && old.querySelector("details[open]")) continue; // somebody types
    const { scrollTop: top, scrollLeft: left } = old;
    old.replaceWith(fresh);
    fresh.scrollTo(left, top);
  }
  const [top, whole] = places.get(pane()) ?? [0, 0];
  at("pane").scrollTop = top;
  scrollTo(0, whole); // on a phone the page is pushed, not the pane
  dress();
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
}

const pane = () => ["pane", "newsletter", "issue", "story", "article"].map((it) => asks(here, it)).join();
const issue = (address) => ["newsletter", "issue"].map((it) => asks(address, it)).join();
const asks = (address, name) => new URL(address, location.href).searchParams.get(name) ?? "";

/** What is left is found again at the same place. */
function leave() {
  const frame = at("mail");
  if (frame?.dataset.loaded) places.set(issue(frame.dataset.shown), frame.contentWindow.scrollY);
  places.set(pane(), [at("pane").scrollTop, scrollY]);
}

/** The frame stays: it is only led to another address or width, and keeps its place. */
function keepFrame(old, fresh) {
  const [frame, wanted] = [old.querySelector("iframe"), fresh.querySelector("iframe")];
  if (!frame || !wanted) return false;
  frame.setAttribute("width", wanted.getAttribute("width"));
  const src = wanted.getAttribute("src");
  if (frame.dataset.shown !== src) {
    frame.dataset.shown = src;
    delete frame.dataset.loaded;
    frame.contentWindow.location.replace(src);
    expectMail(frame);
  }
  fit();
  return true;
}

function mark(element) {
  // A list that closes gives the focus back to what opened it.
  const opener = element?.closest?.("details.readers")?.querySelector("summary");
  const name = (opener ?? element?.closest?.("[data-name]"))?.dataset.name;
  return name ? `[data-name="${CSS.escape(name)}"]` : null;
}

function tell(words, { stays = false } = {}) {
  at("status").textContent = words;
  if (words && !stays) setTimeout(() => { if (at("status").textContent === words) tell(""); }, 4000);
}

/* --- the mail in its frame --- */

function dress() {
  showChosen(at("tabs"));
  document.querySelectorAll(".tabs, .bar").forEach(showEdges);
  const frame = at("mail");
  if (!frame || frame.dataset.shown) return;
  frame.dataset.shown = frame.getAttribute("src");
  frame.addEventListener("load", () => {
    inside(frame);
    frame.dataset.loaded = "yes";
    frame.contentWindow.scrollTo(0, places.get(issue(frame.dataset.shown)) ?? 0);
  });
  sizes.observe(frame.closest(".stage"));
  expectMail(frame);
}

/** A mail is tamed before its pictures are there. */
function expectMail(frame) {
  const eager = setInterval(() => inside(frame), 30);
  const stop = () => { clearInterval(eager); inside(frame); };
  frame.addEventListener("load", stop, { once: true });
  if (frame.contentDocument?.readyState === "complete" && inside(frame)) clearInterval(eager);
}

const tamed = new WeakSet();

function inside(frame) {
  const mail = frame.contentDocument;
  if (!mail?.body || mail.URL === "about:blank" || tamed.has(mail)) return false;
  tamed.add(mail);
  mail.addEventListener("keydown", pressed);
  for (const kind of ["auxclick", "dragstart"]) mail.addEventListener(kind, (event) => event.preventDefault());
  mail.addEventListener("click", (event) => {
    event.preventDefault(); // nothing leaves the frame
    const number = storyAt(mail, event.target);
    if (number) go(query({ pane: "stories", story: number, article: "" }));
  });
  mail.addEventListener("mouseover", (event) => {
    const link = event.target.closest?.("a[href]");
    at("status").textContent = link ? link.getAttribute("href") : "";
  });
  return true;
}

/** The number of the story that an element belongs to: that of the last headline before it. */
function storyAt(mail, element) {
  const words = (it) => it.textContent.replace(/\s+/g, " ").trim();
  const titles = [...document.querySelectorAll("#titles li")].map(words);
  const named = titles.indexOf(words(element)) + 1;
  if (named) return named;
  let number = 0;
  for (const heading of mail.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) break;
    number = titles.indexOf(words(heading), number) + 1 || number;
  }
  return number;
}

function query(changes) {
  const said = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) value ? said.set(name, value) : said.delete(name);
  return `/?${said}`;
}

/* --- another width --- */

function resize(width, { done = true } = {}) {
  const frame = at("mail");
  if (!frame) return;
  const wanted = Math.round(Math.min(Math.max(width, 240), 2400));
  frame.setAttribute("width", wanted);
  fit();
  if (done) go(query({ width: wanted }));
}

/** A frame that is wider than its place keeps its width and is shown smaller. */
function fit() {
  const frame = at("mail"), device = frame?.parentElement;
  if (!device) return;
  const wanted = Number(frame.getAttribute("width")); // NaN for "100%"
  const stage = device.parentElement, whole = wanted + at("handle").offsetWidth;
  const scale = Math.min(1, Math.floor(1000 * stage.clientWidth / whole) / 1000 || 1);
  stage.style.overflow = scale < 1 ? "hidden" : "";
  Object.assign(device.style, scale < 1
    ? { transform: `scale(${scale})`, height: `${100 / scale}%` }
    : { transform: "", height: "" });
  const isPreset = [...document.querySelectorAll("[data-name^='Width: ']")].some((it) => asks(it.href, "width") === `${wanted}`);
  const told = [isPreset ? "" : `${wanted} px`, scale < 1 ? `at ${Math.round(100 * scale)} %` : ""].filter(Boolean).join(" ");
  at("wide").textContent = wanted ? told : "";
  at("wide").className = wanted && told ? "on" : "";
}

const sizes = new ResizeObserver(fit);

document.addEventListener("pointerdown", (event) => {
  if (event.target.id !== "handle") return;
  const [from, width] = [event.clientX, at("mail").offsetWidth];
  // It stands in the middle: what is pulled to one side grows on both.
  const scale = at("mail").getBoundingClientRect().width / width;
  const wide = (now) => width + 2 * (now.clientX - from) / scale;
  const move = (now) => resize(wide(now), { done: false });
  document.body.classList.add("dragging");
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", (now) => {
    document.body.classList.remove("dragging");
    document.removeEventListener("pointermove", move);
    resize(wide(now));
  }, { once: true });
});

/* --- another reader --- */

let asked = 0;

function inSheet() {
  const sheet = document.querySelector("details.readers[open] .sheet");
  if (sheet && !sheet.contains(document.activeElement)) at("find").focus();
}

/** The first readers whose address or name holds what is typed. */
async function seekReader(input) {
  const mine = ++asked;
  await new Promise((done) => setTimeout(done, 120));
  if (mine !== asked) return;
  const answer = await fetch(query({ find: input.value }).replace("/", "/readers"));
  const text = await answer.text();
  if (mine !== asked || !answer.ok) return;
  const next = new DOMParser().parseFromString(`<ul>${text}</ul>`, "text/html");
  at("readers").replaceChildren(...next.querySelectorAll("li"));
}

function inReaders(event) {
  const sheet = event.target.closest("details.readers");
  if (!sheet?.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...sheet.querySelectorAll("li a")];
  const place = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[Math.min(place + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (links[place - 1] ?? at("find")).focus();
  else if (event.key === "Enter" && event.target === at("find")) links[0]?.click();
  else if (event.key === "Escape") { sheet.open = false; sheet.querySelector("summary").focus(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/* --- keys and commands --- */

const COMMANDS = {
  scheme() {
    const dark = getComputedStyle(root).colorScheme.includes("dark");
    root.dataset.scheme = dark ? "light" : "dark";
    localStorage.setItem("scheme", root.dataset.scheme);
  },
  palette() { at("palette").showModal(); at("seek").value = ""; offer(); at("seek").focus(); },
  keys() { listKeys(); at("keys").showModal(); },
};

const named = () => [...document.querySelectorAll("[data-name]")];

async function run(element) {
  if (element.matches("[data-there]")) { // its place is on another pane
    await go(element.getAttribute("href"));
    element = named().find((it) => it.dataset.name === element.dataset.name && !it.matches("[data-there]"));
    if (!element) return;
  }
  if (element.matches("select")) return element.focus();
  element.click();
  if (element.matches(".readers summary")) inSheet();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === "k") { event.preventDefault(); COMMANDS.palette(); }
    return;
  }
  if (event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input, select, textarea")) return;
  const frame = at("mail");
  if (frame && (event.key === "+" || event.key === "-")) {
    return resize(frame.offsetWidth + (event.key === "+" ? 20 : -20));
  }
  const isSwitch = event.key === " " && event.target.matches?.("[role=switch]");
  const element = isSwitch ? event.target : named().find((it) => it.dataset.key === event.key);
  if (element) { event.preventDefault(); run(element); }
}

function listKeys() {
  const rows = named().filter((it) => it.dataset.key).map((it) => [it.dataset.key, it.dataset.name]);
  rows.push(["+ -", "Width: wider, narrower"], ["Esc", "Close what is open"]);
  at("keylist").replaceChildren(...rows.map(([key, name]) => {
    const row = document.createElement("div");
    const [dt, dd, kbd] = ["dt", "dd", "kbd"].map((tag) => document.createElement(tag));
    kbd.textContent = key; dt.append(kbd); dd.textContent = name; row.append(dt, dd);
    return row;
  }));
}

let offered = [], chosen = 0;

function offer() {
  const words = at("seek").value.toLowerCase().split(/\s+/);
  offered = named().filter((it) => words.every((word) => it.dataset.name.toLowerCase().includes(word)));
  chosen = 0;
  at("found").replaceChildren(...offered.map((it, number) => {
    const line = document.createElement("li");
    line.role = "option"; line.id = `found-${number}`; line.textContent = it.dataset.name;
    if (it.dataset.key) { const kbd = document.createElement("kbd"); kbd.textContent = it.dataset.key; line.append(kbd); }
    line.addEventListener("click", () => take(number));
    return line;
  }));
  choose(0);
}

function choose(number) {
  if (!offered.length) return at("seek").removeAttribute("aria-activedescendant");
  chosen = (number + offered.length) % offered.length;
  [...at("found").children].forEach((line, n) => line.setAttribute("aria-selected", n === chosen));
  at("seek").setAttribute("aria-activedescendant", `found-${chosen}`);
  at(`found-${chosen}`).scrollIntoView({ block: "nearest" });
}

function take(number) {
  at("palette").close();
  if (offered[number]) run(offered[number]);
}

function seeking(event) {
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Enter") take(chosen);
  else return;
  event.preventDefault();
}

/* --- what starts it --- */

/** A row is pushed so far that its chosen one is seen. */
function showChosen(row) {
  const one = row.querySelector("[aria-current]");
  const start = one.offsetLeft - row.offsetLeft, end = start + one.offsetWidth;
  if (start < row.scrollLeft || end > row.scrollLeft + row.clientWidth) row.scrollLeft = start - 60;
}

/** A row that can be pushed aside shows on which side there is more. */
function showEdges(row) {
  row.classList.toggle("before", row.scrollLeft > 1);
  row.classList.toggle("after", row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
}

document.addEventListener("keydown", inReaders, true);
document.addEventListener("keydown", pressed);
document.addEventListener("input", (event) => { if (event.target.id === "find") seekReader(event.target); });
document.addEventListener("toggle", inSheet, true);
document.addEventListener("click", (event) => {
  const sheet = document.querySelector("details.readers[open]");
  if (sheet && !sheet.contains(event.target)) sheet.open = false;
  const told = event.target.closest("[data-do]");
  if (told) return COMMANDS[told.dataset.do]();
  const link = event.target.closest("a[href^='/?'], a[href='/']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  form.method === "post" ? post(form) : choices(form);
});
document.addEventListener("change", (event) => {
  if (event.target.form?.classList.contains("choices")) choices(event.target.form);
});

async function post(form) {
  tell("At work …", { stays: true });
  await go(form.getAttribute("action"), { form });
  if (at("status").textContent === "At work …") tell("");
}

function choices(form) {
  go(query(Object.fromEntries(new FormData(form))));
}

document.addEventListener("scroll", (event) => {
  if (event.target.matches?.(".tabs, .bar")) showEdges(event.target);
}, true);
addEventListener("resize", () => document.querySelectorAll(".tabs, .bar").forEach(showEdges));
addEventListener("popstate", () => go(location.href, { push: false }));
document.addEventListener("DOMContentLoaded", () => {
  at("seek").addEventListener("input", offer);
  at("seek").addEventListener("keydown", seeking);
  dress();
});
