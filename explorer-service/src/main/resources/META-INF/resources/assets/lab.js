// The lab's orders. What is shown comes from the server; this only gives orders, tells what became of them, and looks soon.
import { refreshSoon } from "./fresh.js";

const pollMillis = 300;
const report = document.getElementById("report");

function tell(text, bad = false) {
  report.textContent = text;
  report.classList.toggle("bad", bad);
}

/** What an order answered, in one line. */
function summary(answer) {
  const failed = answer.orders?.filter((order) => !order.done) ?? [];
  const bridges = answer.bridges?.length ? ` · ${report.dataset.bridges}: ${answer.bridges.join(", ")}` : "";
  return failed.length
    ? [`${report.dataset.failed}: ${failed.map((order) => `${order.name}: ${order.detail}`).join(" · ")}${bridges}`, true]
    : [`${report.dataset.done} (${answer.orders.length})${bridges}`, bridges !== ""];
}

async function order(method, path, body) {
  const key = document.getElementById("admin-key").value;
  const answer = await fetch(`/api/lab/${path}`, {
    method,
    headers: { "Content-Type": "application/json", ...(key && { "X-Rensa-Admin-Key": key }) },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) {
    throw new Error(said.detail ?? said.title);
  }
  return said;
}

async function doing(work) {
  tell(report.dataset.working);
  try {
    const [text, bad] = await work();
    tell(text, bad);
  } catch (failure) {
    tell(failure.message, true);
  }
  refreshSoon();
}

const post = (path, body = {}) => doing(async () => summary(await order("POST", path, body)));

function side(name) {
  return [...document.querySelectorAll("#lab-nodes tr")]
    .filter((row) => row.querySelector(`input[value="${name}"]`).checked)
    .map((row) => row.dataset.node);
}

// Rows and options go with nodes that cannot be reached, and come back with them; what was chosen in them stays.
const chosen = new Map();
const ends = new Map();

document.addEventListener("change", ({ target }) => {
  const node = target.closest("#lab-nodes tr")?.dataset.node;
  if (node) {
    chosen.set(node, target.value);
  } else if (target.matches("#link-a, #link-b")) {
    ends.set(target.id, target.value);
  }
});

document.addEventListener("refreshed", () => {
  for (const [node, name] of chosen) {
    const field = document.querySelector(`#lab-nodes tr[data-node="${node}"] input[value="${name}"]`);
    if (field) {
      field.checked = true;
    }
  }
  for (const [id, node] of ends) {
    const option = document.querySelector(`#${id} option[value="${node}"]`);
    if (option) {
      option.selected = true;
    }
  }
  if (!document.querySelector("#presence .empty")) {
    document.getElementById("lab").hidden = false;
  }
});

async function settled() {
  for (;;) {
    const story = await (await fetch("/api/lab/story", { cache: "no-store" })).json();
    if (story.state !== "running") {
      return story;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}

async function step(method, path, body) {
  await doing(async () => {
    await order(method, path, body);
    refreshSoon();
    const story = await settled();
    return [story.problem ?? "", story.problem !== undefined];
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  // One that does nothing at present keeps the focus of whoever just pressed it, which a disabled one would lose.
  if (!button || button.getAttribute("aria-disabled") === "true") {
    return;
  }
  const { mining, story, a, b } = button.dataset;
  if (button.id === "do-split") {
    post("split", { left: side("left"), right: side("right") });
  } else if (button.id === "do-heal") {
    post("heal");
  } else if (mining) {
    post("mining", { nodes: [button.closest("tr").dataset.node], action: mining });
  } else if (a && b) {
    post("links", { a, b, heal: true });
  } else if (story === "next") {
    step("POST", "story/next");
  } else if (story === "end") {
    step("DELETE", "story");
  } else if (button.id === "share-of-b") {
    odds(`attackers=${side("right").join(",")}`);
  }
});

const number = (field) => (field.value === "" ? undefined : Number(field.value));

document.getElementById("link")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { a, b, fault, delayMillis, lossPercent, forSeconds } = event.target.elements;
  const what = {
    cut: { cut: true },
    slow: { delayMillis: number(delayMillis) },
    lossy: { lossPercent: number(lossPercent) },
  }[fault.value];
  post("links", { a: a.value, b: b.value, forSeconds: number(forSeconds), ...what });
});

document.getElementById("begin")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { confirmations, attackerBlocks } = event.target.elements;
  step("POST", "story", {
    honest: side("left"),
    attackers: side("right"),
    confirmations: number(confirmations),
    attackerBlocks: number(attackerBlocks),
  });
});

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", maximumSignificantDigits: 3 });

function row({ confirmations, nakamoto, rosenfeld }) {
  const cells = [String(confirmations), percent.format(nakamoto), percent.format(rosenfeld)];
  const line = document.createElement("tr");
  line.append(
    ...cells.map((text, at) => {
      const cell = document.createElement(at ? "td" : "th");
      cell.className = "number";
      cell.textContent = text;
      return cell;
    }),
  );
  return line;
}

async function odds(query) {
  const answer = await fetch(`/api/lab/odds?${query}`);
  const said = await answer.json();
  if (!answer.ok) {
    tell(said.detail, true);
    return;
  }
  const safe = document.getElementById("safe");
  document.getElementById("share-shown").textContent = percent.format(said.share);
  document.getElementById("share").value = Math.round(said.share * 100);
  document.getElementById("odds").replaceChildren(...said.confirmations.map(row));
  safe.textContent = said.safeConfirmations ?? safe.dataset.never;
  document.getElementById("selfish").textContent = percent.format(said.selfishRevenue);
}

const share = document.getElementById("share");
if (share) {
  share.addEventListener("input", () => odds(`share=${share.value / 100}`));
  odds(`share=${share.value / 100}`);
}
