// A payout's report: how many of its lines are in which state, and each line.
import { explainReason, get } from "./api.js";
import { copy, fillList, once, setShort, setText, setTime } from "./dom.js";
import { show } from "./money.js";
import { nameOf, symbol } from "./network.js";
import { showState, stateColour, stateName } from "./states.js";

const PAGE = 100;
const MOST_AT_ONCE = 1000;

export async function payoutReportView(walletId, id) {
  const path = `/wallets/${encodeURIComponent(walletId)}`;
  const parts = copy("view-payout-report");
  const wallet = await get(path);
  let shown = PAGE;
  setText(parts.wallet, wallet.label);
  parts.back.href = `#${path}`;
  parts.all.href = `#${path}/payouts`;
  const refresh = () => showReport(parts, `${path}/payouts/${encodeURIComponent(id)}`, shown);
  parts.more.addEventListener("click", () => {
    shown += PAGE;
    once(parts.more, refresh);
  });
  await refresh();
  return { root: parts.root, refresh };
}

/** All lines that are shown, each time anew: any of them may have moved. */
async function showReport(parts, path, most) {
  const lines = [];
  let page;
  do {
    const limit = Math.min(most - lines.length, MOST_AT_ONCE);
    page = await get(`${path}?from=${lines.length}&limit=${limit}`);
    lines.push(...page.transfers);
  } while (page.next !== undefined && lines.length < most);
  show(parts.total, page.payout.total, symbol());
  setTime(parts.time, page.payout.createdAtMillis, false);
  showStates(parts.states, page.payout.states);
  parts.more.hidden = page.next === undefined;
  const numbered = lines.map((transfer, at) => ({ transfer, number: at + 1 }));
  fillList(parts.lines, numbered, (line) => line.number, () => copy("item-report-line"), fillLine);
}

function fillLine(item, { transfer, number }) {
  setText(item.number, `${number}.`);
  item.link.href = `#/transfers/${encodeURIComponent(transfer.id)}`;
  const name = nameOf(transfer.recipient);
  if (name) {
    setText(item.to, name);
    item.to.title = transfer.recipient;
  } else {
    setShort(item.to, transfer.recipient);
  }
  show(item.amount, transfer.amount, symbol());
  showState(item.state, transfer);
  item.reason.hidden = !transfer.reasonCode;
  if (transfer.reasonCode) {
    explainReason(item.reason, transfer.reasonCode, transfer.reason);
  }
}

/** A chip for each state with how many lines are in it. */
export function showStates(list, states) {
  fillList(list, Object.entries(states), ([state]) => state, () => copy("item-count"), (item, [state, count]) => {
    setText(item.chip, `${stateName(state)} ${count.toLocaleString("en")}`);
    item.chip.className = `chip ${stateColour(state)}`;
  });
}
