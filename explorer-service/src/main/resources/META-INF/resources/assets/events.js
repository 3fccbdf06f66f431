// One stream of events a page. It comes back by itself with the id of the last event; where it is lost, the page says so.
const silentMillis = 20000;
const retryMillis = 3000;
const kept = ["block", "tip", "reorganisation", "agreement", "node"];

const types = new Set(kept);
const target = new EventTarget();
let source;
let heardMillis = Date.now();

/** Calls back with the data of each event of a kind. Kinds beyond the usual ones must be named before the page is loaded. */
export function on(type, callback) {
  types.add(type);
  target.addEventListener(type, (event) => callback(event.detail));
}

function show(lost) {
  const place = document.getElementById("connection");
  const text = lost ? document.body.dataset.lost : "";
  if (place.textContent !== text) {
    place.textContent = text;
    document.documentElement.classList.toggle("disconnected", lost);
  }
}

function heard(type, data) {
  heardMillis = Date.now();
  target.dispatchEvent(new CustomEvent(type, { detail: data }));
}

function open() {
  source = new EventSource(`/api/events?types=${[...types].join(",")}`);
  source.addEventListener("open", () => {
    show(false);
    heard("connected", {});
  });
  source.addEventListener("error", () => {
    show(true);
    // The browser comes back by itself unless it was refused.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(open, retryMillis);
    }
  });
  source.addEventListener("gap", () => heard("connected", {}));
  for (const type of types) {
    if (type !== "connected") {
      source.addEventListener(type, (event) => heard(type, JSON.parse(event.data)));
    }
  }
}

/** A connection that died without a word looks like a silent one: ask. */
async function doubt() {
  if (Date.now() - heardMillis < silentMillis) {
    return;
  }
  try {
    await fetch("/api/index", { cache: "no-store", signal: AbortSignal.timeout(retryMillis) });
    heardMillis = Date.now();
  } catch {
    show(true);
  }
}

addEventListener("load", () => {
  types.delete("connected");
  open();
  setInterval(doubt, retryMillis);
});
// Before the next page opens its own stream.
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    open();
  }
});
