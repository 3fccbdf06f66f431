// Fetches the page again when something happened and lays what is new into its live parts.
import { on } from "./events.js";
import { morph } from "./morph.js";

// A block's events come close together; one fetch shows them all.
const gatherMillis = 60;
const usualMillis = 5000;
const leastMillis = 700;

let fetching = false;
let wanted = false;
let lastMillis = 0;
let timer;

function regions(root) {
  return [...root.querySelectorAll("[data-live]")];
}

async function fetchPage() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (document.querySelector("[data-retry]")) {
    if (answer.ok) {
      location.reload();
    }
    return;
  }
  if (!answer.ok) {
    return;
  }
  const ids = (root) => regions(root).map((region) => region.id).join();
  if (ids(page) !== ids(document)) {
    location.reload();
    return;
  }
  for (const region of regions(document)) {
    morph(region, page.getElementById(region.id));
  }
  document.dispatchEvent(new Event("refreshed"));
}

async function refresh() {
  if (fetching || document.visibilityState !== "visible") {
    wanted = true;
    return;
  }
  wanted = false;
  fetching = true;
  lastMillis = Date.now();
  try {
    await fetchPage();
  } catch {
    // The explorer may be restarting; the stream says so, and its return asks again.
  } finally {
    fetching = false;
    if (wanted && document.visibilityState === "visible") {
      soon();
    }
  }
}

function every() {
  return Number(document.querySelector("[data-every]")?.dataset.every ?? 0);
}

/** Looks as soon as it may, for whoever knows that something changed. */
export { soon as refreshSoon };

function soon() {
  clearTimeout(timer);
  const due = lastMillis + Math.max(leastMillis, every());
  timer = setTimeout(refresh, Math.max(gatherMillis, due - Date.now()));
}

export function keepFresh() {
  const live = document.querySelector("[data-live], [data-retry]") !== null;
  for (const type of ["connected", "block", "tip", "agreement", "node", "reorganisation"]) {
    on(type, () => {
      if (live) {
        soon();
      }
    });
  }
  if (!live) {
    return;
  }
  setInterval(() => {
    if (Date.now() - lastMillis >= (every() || usualMillis)) {
      soon();
    }
  }, Math.max(1000, Math.min(every() || usualMillis, usualMillis)));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      soon();
    }
  });
}
