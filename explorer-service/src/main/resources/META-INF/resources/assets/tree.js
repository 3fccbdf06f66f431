// The tree, live or played back. A moment that is looked at stands in the address, so that it can be shared.
import { on } from "./events.js";
import { Forest } from "./forest.js";
import { momentNow, momentOf, storyOf } from "./story.js";

const gatherMillis = 120;
const everyMillis = 5000;
const frameMillis = 80;
const noticeMillis = 12000;

const $ = (id) => document.getElementById(id);
const player = $("player");
const slider = $("moment");
const play = $("play");
const now = $("now");
const change = $("change");
const times = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" });

let forest;
let tree;
let story = [];
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
    const [grown, nodes] = await Promise.all(["/api/tree", "/api/nodes"].map(read));
    tree = grown;
    story = storyOf(grown, nodes);
  } catch {
    return;
  }
  if (!forest && tree.blocks.length > 0) {
    $("forest").hidden = false;
    player.hidden = false;
    $("still").remove();
    forest = new Forest($("forest"));
  }
  if (forest && (shown === null || !playing)) {
    draw(false);
  }
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

play.addEventListener("click", () => {
  if (playing) {
    stop();
    return;
  }
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

on("reorganisation", ({ name, depth }) => {
  change.textContent = change.dataset.text.replace("%name", name).replace("%depth", depth);
  setTimeout(() => (change.textContent = ""), noticeMillis);
});
for (const type of ["connected", "block", "tip", "agreement", "node", "reorganisation", "arrival"]) {
  on(type, lookSoon);
}
look();
setInterval(look, everyMillis);
