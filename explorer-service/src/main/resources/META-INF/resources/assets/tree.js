// The tree, live or played back. A moment that is looked at stands in the address, so that it can be shared.
import { on } from "./events.js";
import { Forest } from "./forest.js";
import { momentNow, momentOf, sorted, storyOf, storyOfReplay } from "./story.js";

const gatherMillis = 120;
const everyMillis = 5000;
const frameMillis = 80;
const noticeMillis = 12000;
const pastMillis = 3 * 3600 * 1000;
/** The newest part of the past is read first, then parts twice as long each. */
const firstPartMillis = 5 * 60 * 1000;
const pageEvents = 2000;
const mostPages = 20;

const $ = (id) => document.getElementById(id);
const player = $("player");
const slider = $("moment");
const play = $("play");
const now = $("now");
const change = $("change");
const times = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" });

let forest;
let tree;
let nodes = [];
let story = [];
let recent = [];
/** What was written down before the tree's own memory; read once somebody looks back. */
let past;
/** The moment that is shown, null for the present. */
let shown = Number(new URLSearchParams(location.search).get("at")) || null;
let playing = false;
let asked;

async function read(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

function span() {
  return { from: story[0]?.at ?? Date.now(), to: Date.now() };
}

function draw(jump) {
  const { from, to } = span();
  const at = shown === null ? to : Math.min(Math.max(shown, from), to);
  forest.draw(shown === null ? momentNow(tree) : momentOf(story, at), jump);
  slider.min = from;
  slider.max = to;
  slider.value = at;
  slider.setAttribute("aria-valuetext", times.format(at));
  $("shown").textContent = times.format(at);
  now.setAttribute("aria-pressed", String(shown === null));
}

async function look() {
  try {
    [tree, nodes] = await Promise.all(["/api/tree", "/api/nodes"].map(read));
    recent = storyOf(tree, nodes);
    story = past ? sorted([...past, ...recent]) : recent;
  } catch {
    return;
  }
  if (!forest && tree.blocks.length > 0) {
    $("forest").hidden = false;
    player.hidden = false;
    $("still").hidden = true;
    forest = new Forest($("forest"));
  }
  if (forest && (shown === null || !playing)) {
    draw(false);
  }
}

/** What was written down between two times, in so many pages; nothing if those do not hold it, since what is last would miss. */
async function part(from, to, pages) {
  const events = [];
  let next = "";
  for (let page = 1; page <= pages; page++) {
    const told = await read(`/api/replay?from=${from}&to=${to}&limit=${pageEvents}${next && `&after=${next}`}`);
    events.push(...storyOfReplay(told, nodes));
    next = told.next;
    if (next === undefined) {
      return { events, pages: page };
    }
  }
  return undefined;
}

/** Reads what was written down in the last hours, newest part first. A part that cannot be read is asked for again. */
async function recall() {
  if (past) {
    return;
  }
  const begin = Date.now() - pastMillis;
  const found = [];
  let pages = mostPages;
  let to = Date.now();
  try {
    for (let length = firstPartMillis; to > begin; length *= 2) {
      const from = Math.max(begin, to - length);
      const got = await part(from, to, pages);
      if (!got) {
        break;
      }
      found.push(...got.events);
      pages -= got.pages;
      to = from - 1;
    }
    past = found;
  } catch {
    // Then the tree's own memory is what there is to play, until somebody looks back again.
  }
  $("limited").hidden = to <= begin || past === undefined;
  $("since").textContent = times.format(to);
  story = sorted([...found, ...recent]);
}

function lookSoon() {
  clearTimeout(asked);
  asked = setTimeout(look, gatherMillis);
}

function remember() {
  history.replaceState(null, "", shown === null ? location.pathname : `?at=${Math.round(shown)}`);
}

function stop() {
  playing = false;
  play.textContent = play.dataset.play;
  remember();
}

function live() {
  shown = null;
  stop();
  draw(false);
}

function step() {
  if (!playing) {
    return;
  }
  shown += frameMillis * Number($("speed").value);
  if (shown >= Date.now()) {
    live();
    return;
  }
  draw(false);
  setTimeout(step, frameMillis);
}

play.addEventListener("click", async () => {
  if (playing) {
    stop();
    return;
  }
  await recall();
  playing = true;
  play.textContent = play.dataset.pause;
  shown ??= span().from;
  step();
});
now.addEventListener("click", live);
slider.addEventListener("input", () => {
  shown = Number(slider.value);
  draw(true);
});
slider.addEventListener("change", remember);
slider.addEventListener("focus", () => recall().then(() => draw(true)));

on("reorganisation", ({ name, depth }) => {
  change.textContent = change.dataset.text.replace("%name", name).replace("%depth", depth);
  setTimeout(() => (change.textContent = ""), noticeMillis);
});
for (const type of ["connected", "block", "tip", "agreement", "node", "reorganisation", "arrival"]) {
  on(type, lookSoon);
}
look().then(() => (shown === null ? null : recall().then(() => draw(true))));
setInterval(look, everyMillis);
