// What a wallet paid and received, as one list by time, or one of the two.
import { get } from "./api.js";
import { copy, fillList, once, say, setOptional, setText, setTime, shortened } from "./dom.js";
import { show } from "./money.js";
import { nameOf, symbol } from "./network.js";
import { showReceivedState, showState } from "./states.js";

const PAGE = 20;

/** Most that the API gives at once. */
const MOST_AT_ONCE = 1000;

/** The history in a wallet's view; what is returned shows it as it stands now. */
export function historyOf(parts, path) {
  let shown = PAGE;
  const showNow = () => showHistory(parts, path, shown);
  parts.more.addEventListener("click", () => {
    shown += PAGE;
    once(parts.more, showNow);
  });
  parts.choice.addEventListener("change", () => {
    shown = PAGE;
    showNow();
  });
  return showNow;
}

/** All that is shown, each time anew: what is older may change too, after a reorganisation. */
async function showHistory(parts, path, most) {
  const wanted = parts.choice.elements.direction.value;
  const [sent, received, search] = await Promise.all([
    wanted === "received" ? none() : read(path, "transfers", most),
    wanted === "sent" ? none() : read(path, "received", most),
    get("/received/search"),
  ]);
  if (wanted !== parts.choice.elements.direction.value) {
    return;
  }
  const { running, nextHeight, endHeight } = search;
  setOptional(
    parts.searching,
    running ? say("searching", (nextHeight - 1).toLocaleString("en"), endHeight?.toLocaleString("en") ?? "…") : "",
  );
  const all = [
    ...sent.items.map((transfer) => ({ key: `out ${transfer.id}`, at: Number(transfer.createdAtMillis), transfer })),
    ...received.items.map((payment) => ({ key: `in ${payment.id}`, at: Number(payment.atMillis), payment })),
  ].sort((a, b) => b.at - a.at);
  const make = () => copy("item-transfer");
  fillList(parts.history, all.slice(0, most), (entry) => entry.key, make, (item, entry) =>
    entry.transfer ? fillTransfer(item, entry.transfer) : fillReceived(item, entry.payment, path),
  );
  parts.empty.hidden = all.length > 0;
  parts.more.hidden = !(sent.more || received.more || all.length > most);
}

async function none() {
  return { items: [], more: false };
}

/** The newest of a kind, by pages. */
async function read(path, kind, most) {
  const items = [];
  let next = "";
  do {
    const size = Math.min(most - items.length, MOST_AT_ONCE);
    const page = await get(`${path}/${kind}?limit=${size}${next && `&before=${encodeURIComponent(next)}`}`);
    items.push(...page[kind]);
    next = page.next ?? "";
  } while (next && items.length < most);
  return { items, more: Boolean(next) };
}

function fillTransfer(parts, transfer) {
  parts.link.href = `#/transfers/${encodeURIComponent(transfer.id)}`;
  if (transfer.kind === "payment") {
    fillWho(parts.to, "toWhom", transfer.recipient);
  } else {
    setText(parts.to, say("selfMend"));
  }
  show(parts.amount, -BigInt(transfer.amount), symbol());
  showState(parts.state, transfer);
  setTime(parts.time, transfer.createdAtMillis);
  setOptional(parts.memo, transfer.memo);
}

function fillReceived(parts, payment, path) {
  parts.link.href = `#${path}/received/${encodeURIComponent(payment.id)}`;
  if (payment.sender) {
    fillWho(parts.to, "fromWhom", payment.sender);
  } else {
    setText(parts.to, say("reward"));
  }
  show(parts.amount, payment.amount, symbol(), "+");
  parts.amount.classList.toggle("in", payment.state !== "orphaned");
  parts.amount.classList.toggle("gone", payment.state === "orphaned");
  showReceivedState(parts.state, payment);
  setTime(parts.time, payment.atMillis);
  setOptional(parts.memo, payment.memo);
}

function fillWho(element, words, address) {
  element.title = address;
  setText(element, say(words, nameOf(address) ?? shortened(address)));
}
