// The map: nodes in the colours of their branches, their links, and what travels along them.
import { on } from "./events.js";
import { Chart } from "./map.js";

const everyMillis = 5000;
const gatherMillis = 300;

const map = new Chart(document.getElementById("map"));
let asked = 0;

async function read(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

async function look() {
  if (document.visibilityState !== "visible") {
    return;
  }
  try {
    const [nodes, links, agreement] = await Promise.all(["/api/nodes", "/api/links", "/api/agreement"].map(read));
    map.show(nodes, links, agreement);
  } catch {
    // The stream of events says whether the explorer is there; the next look asks again.
  }
}

function lookSoon() {
  clearTimeout(asked);
  asked = setTimeout(look, gatherMillis);
}

look();
setInterval(look, everyMillis);
document.addEventListener("visibilitychange", lookSoon);
for (const type of ["connected", "agreement", "node", "reorganisation", "tip"]) {
  on(type, lookSoon);
}
on("arrival", (arrival) => map.blockArrived(arrival));
on("transaction", (seen) => map.transactionSeen(seen));
