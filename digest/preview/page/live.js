"use strict";
// What the page hears from the server, and what it does before it is printed.

/* --- what changes: one line to the server for all tabs, held by one that is seen --- */

const tabs = new BroadcastChannel("digest preview");
let line = null, told = null, turned = null;

/** The server's version; empty if it does not answer. */
function heard(version) {
  at("gone").hidden = version !== "";
  const mine = document.body.dataset.version;
  if (!version || version === mine) return;
  if (version.split(".")[0] === mine.split(".")[0]) go(location.href, { push: false });
  else location.reload(); // another process, which may have another script
}

function listen(until) {
  if (until.aborted) return;
  const pass = (version) => { told = version; heard(version); tabs.postMessage(version); };
  line = new EventSource("/live");
  line.onmessage = (event) => pass(event.data);
  line.onerror = () => { line.close(); pass(""); setTimeout(() => listen(until), 1000); };
}

/** Browsers allow six lines to a server: the tabs that are seen share one, others have none. */
function follow() {
  turned?.abort();
  if (document.hidden) return;
  turned = new AbortController();
  const { signal } = turned;
  const lead = () => new Promise((done) => {
    signal.addEventListener("abort", () => { line.close(); line = null; done(); });
    listen(signal);
  });
  // Only pages of this machine and of https have locks; elsewhere each tab has a line while it is seen.
  if (navigator.locks) navigator.locks.request("digest preview", { signal }, lead).catch(() => {});
  else lead();
  tabs.postMessage("?");
}

tabs.onmessage = (event) => {
  if (event.data !== "?") heard(event.data);
  else if (line && told !== null) tabs.postMessage(told);
};

document.addEventListener("visibilitychange", follow);
follow();

/* --- on paper --- */

addEventListener("beforeprint", () => {
  const frame = at("mail");
  if (frame) frame.style.height = `${frame.contentDocument.documentElement.scrollHeight}px`;
});
addEventListener("afterprint", () => { if (at("mail")) at("mail").style.height = ""; });
