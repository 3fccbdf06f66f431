// Payments that wait for somebody else than who asked for them.
import { explain, get, post } from "./api.js";
import { announce, ask, copy, fillList, once, say, setText, setTime, setWhole } from "./dom.js";
import { requested, sentence, show } from "./money.js";
import { symbol } from "./network.js";

export async function approvalsView() {
  const parts = copy("view-approvals");
  const labels = new Map();
  const refresh = async () => {
    const { approvals } = await get("/approvals");
    for (const { walletId } of approvals) {
      if (!labels.has(walletId)) {
        labels.set(walletId, (await get(`/wallets/${encodeURIComponent(walletId)}`)).label);
      }
    }
    parts.empty.hidden = approvals.length > 0;
    const make = (approval) => makeItem(approval, parts, refresh);
    fillList(parts.list, approvals, (approval) => approval.id, make, (item, approval) =>
      fillItem(item, approval, labels.get(approval.walletId)),
    );
  };
  await refresh();
  return { root: parts.root, refresh };
}

function makeItem(approval, parts, refresh) {
  const item = copy("item-approval");
  item.approve.addEventListener("click", () => decideOn("approve", item, approval, parts, refresh));
  item.refuse.addEventListener("click", () => decideOn("refuse", item, approval, parts, refresh));
  return item;
}

function fillItem(item, approval, wallet) {
  const { transfer } = approval;
  show(item.amount, requested(transfer), symbol());
  if (item.to.textContent !== transfer.recipient) {
    setWhole(item.to, transfer.recipient);
  }
  setText(item.wallet, wallet);
  setText(item.fee, feeOf(transfer));
  item.memoRow.hidden = !transfer.memo;
  setText(item.memo, transfer.memo ?? "");
  setText(item.by, approval.requestedBy);
  setTime(item.time, approval.createdAtMillis);
  const approved = approval.state === "approved";
  item.stuck.hidden = !approved;
  item.refuse.hidden = approved;
  item.restored.hidden = !approval.restored;
}

function feeOf(transfer) {
  if (transfer.fee !== undefined && transfer.fee !== null) {
    return sentence(transfer.fee, symbol());
  }
  const names = { next: "urgencyNext", relaxed: "urgencyRelaxed" };
  return say(names[transfer.urgency] ?? "urgencySoon");
}

async function decideOn(decision, item, approval, parts, refresh) {
  await once(item[decision], async () => {
    const doubtful = decision === "approve" && approval.restored;
    const help = doubtful ? "restoredDecisionHelp" : "decisionHelp";
    const detail = say(help, sentence(requested(approval.transfer), symbol()), approval.transfer.recipient);
    if (!(await ask(say(`${decision}Ask`), detail, say(decision)))) {
      return;
    }
    parts.error.replaceChildren();
    try {
      await post(`/approvals/${encodeURIComponent(approval.id)}/${decision}${doubtful ? "?unpaid=true" : ""}`);
      announce(say(decision === "approve" ? "approved" : "refused"));
    } catch (failure) {
      explain(parts.error, failure);
    }
    await refresh();
  });
}
