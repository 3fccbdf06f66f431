// The page: which view is shown, and that it stays fresh. A view is { root, refresh?(moved), mayLeave?() }.
import { NoAnswer, Problem, apiKey, explain, get, keepKey } from "./api.js";
import { announce, copy, say, setText } from "./dom.js";
import { isHearing, listen } from "./events.js";
import { keyView } from "./key.js";
import { height, look, lookAtContacts, status } from "./network.js";
import { administrationView } from "./administration.js";
import { approvalsView } from "./approvals.js";
import { backupsView } from "./backups.js";
import { contactsView } from "./contacts.js";
import { createView } from "./create.js";
import { keysView } from "./keys.js";
import { payoutView } from "./payout.js";
import { payoutReportView } from "./payouts.js";
import { receiveView } from "./receive.js";
import { receivedView } from "./received.js";
import { sendView } from "./send.js";
import { settingsView } from "./settings.js";
import { offerThemes } from "./theme.js";
import { transferView } from "./transfer.js";
import { vaultView } from "./vault.js";
import { walletView } from "./wallet.js";
import { walletsView } from "./wallets.js";
import { webhooksView } from "./webhooks.js";

const REFRESH_MILLIS = 2000;

/** While steps are told, the clock is for balances and blocks alone. */
const CALM_MILLIS = 5000;
const BURST_MILLIS = 100;

const ROUTES = [
  [/^#?\/?$/, "wallets", walletsView],
  [/^#\/new$/, "wallets", createView],
  [/^#\/wallets\/([^/]+)$/, "wallets", walletView],
  [/^#\/wallets\/([^/]+)\/send$/, "wallets", sendView],
  [/^#\/wallets\/([^/]+)\/receive$/, "wallets", receiveView],
  [/^#\/wallets\/([^/]+)\/received\/([^/]+)$/, "wallets", receivedView],
  [/^#\/wallets\/([^/]+)\/payouts$/, "wallets", payoutView],
  [/^#\/wallets\/([^/]+)\/payouts\/([^/]+)$/, "wallets", payoutReportView],
  [/^#\/wallets\/([^/]+)\/settings$/, "wallets", settingsView],
  [/^#\/transfers\/([^/]+)$/, "wallets", transferView],
  [/^#\/approvals$/, "approvals", approvalsView],
  [/^#\/contacts$/, "contacts", contactsView],
  [/^#\/vault$/, "vault", vaultView],
  [/^#\/administration$/, "administration", administrationView],
  [/^#\/keys$/, "administration", keysView],
  [/^#\/webhooks$/, "administration", webhooksView],
  [/^#\/backups$/, "administration", backupsView],
];

const content = document.getElementById("content");
const title = document.title;
let view = null;
let shown = null;
let visits = 0;
let asking = false;
let tell = () => {};
let news = new Promise((resolve) => (tell = resolve));

async function route() {
  if (location.hash && !location.hash.startsWith("#/")) {
    return;
  }
  if (view?.mayLeave && location.hash !== shown && !(await stepOut())) {
    return;
  }
  shown = location.hash;
  const visit = ++visits;
  const [pattern, section, make] = ROUTES.find(([path]) => path.test(location.hash)) ?? [];
  for (const link of document.querySelectorAll("[data-nav]")) {
    link.toggleAttribute("aria-current", link.dataset.nav === section);
    if (link.dataset.nav === section) {
      link.setAttribute("aria-current", "page");
    }
  }
  keepLanguageLink();
  view = null;
  if (!content.firstElementChild?.matches("section")) {
    content.replaceChildren(copy("view-loading").root);
  }
  let next;
  try {
    await lookAround();
    next = make
      ? await make(...pattern.exec(location.hash).slice(1).map(decodeURIComponent))
      : problemView(new Error(say("problemPage")));
  } catch (failure) {
    next = failure instanceof Problem && failure.status === 401 ? keyView(failure, route) : problemView(failure);
  }
  if (visit === visits) {
    enter(next);
  }
}

function enter(next) {
  view = next;
  content.replaceChildren(next.root);
  // A double click selects what has come to stand under the pointer.
  getSelection().removeAllRanges();
  const heading = next.root.querySelector("h1");
  document.title = heading ? `${heading.textContent.trim()} · ${title}` : title;
  if (visits > 1) {
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }
}

/** Asks a view that holds something unfinished; goes back to it if it wants to stay. */
async function stepOut() {
  const wanted = location.hash;
  history.replaceState(null, "", shown || "#/");
  if (asking) {
    return false;
  }
  asking = true;
  const sure = await view.mayLeave();
  asking = false;
  if (!sure) {
    return false;
  }
  view = null;
  location.hash = wanted;
  return location.hash === shown;
}

function problemView(failure) {
  const parts = copy("view-problem");
  explain(parts.problem, failure);
  return { root: parts.root, refresh: failure instanceof NoAnswer ? route : undefined };
}

/** What stands around every view. */
async function lookAround() {
  const moved = await look();
  const [vault, approvals] = await Promise.all([
    get("/vault"),
    get("/approvals?state=awaiting-approval"),
    moved ? lookAtContacts() : null,
  ]);
  showAround(vault, approvals.approvals.length);
  return moved;
}

function showAround(vault, waiting) {
  const { network, nodes } = status();
  document.getElementById("notice-silent").hidden = true;
  document.getElementById("notice-locked").hidden = !vault.locked;
  const count = document.getElementById("approvals-count");
  count.hidden = waiting === 0;
  setText(count, String(waiting));
  const trouble = document.getElementById("notice-nodes");
  trouble.hidden = nodes.some((node) => node.usable);
  setText(trouble.lastElementChild, nodes.map((node) => `${node.url}: ${node.reason ?? ""}`).join(" · "));
  const tip = height();
  setText(
    document.getElementById("network"),
    network ? say("networkIs", network.name, tip < 0 ? "?" : tip.toLocaleString("en")) : say("networkUnknown"),
  );
  document.getElementById("with-key").hidden = !apiKey();
}

/** By the clock, and sooner when the wallet tells of a step; one round at a time. */
async function keepFresh() {
  for (;;) {
    await Promise.race([pause(isHearing() ? CALM_MILLIS : REFRESH_MILLIS), news]);
    // Steps come in bursts: those of one moment are looked at together.
    await pause(BURST_MILLIS);
    news = new Promise((resolve) => (tell = resolve));
    await refresh();
  }
}

async function refresh() {
  try {
    if (document.visibilityState === "visible" && view?.refresh) {
      const asked = view;
      const moved = await lookAround();
      if (view === asked) {
        await view.refresh(moved);
      }
    }
  } catch (failure) {
    document.getElementById("notice-silent").hidden = !(failure instanceof NoAnswer);
    if (failure instanceof Problem && failure.status === 401) {
      route();
    }
  }
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function keepLanguageLink() {
  const link = document.getElementById("language");
  link.href = link.getAttribute("href").split("#")[0] + location.hash;
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
document.getElementById("forget-key").addEventListener("click", () => {
  keepKey(null);
  announce(say("keyForgotten"));
  route();
});
offerThemes(document.getElementById("themes"));
addEventListener("hashchange", route);
await route();
listen(() => tell());
keepFresh();
