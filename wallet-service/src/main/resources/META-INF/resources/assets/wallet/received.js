// One payment that came in: from whom, in which block, and how sure it is.
import { get } from "./api.js";
import { copy, say, setOptional, setText, timeText } from "./dom.js";
import { fillAddress, fillBlock, fillCode, fillFacts } from "./facts.js";
import { show } from "./money.js";
import { status, symbol } from "./network.js";
import { showReceivedState } from "./states.js";

export async function receivedView(walletId, id) {
  const path = `/wallets/${encodeURIComponent(walletId)}`;
  const parts = copy("view-received");
  const wallet = await get(path);
  setText(parts.wallet, wallet.label);
  parts.back.href = `#${path}`;
  const refresh = async () => showPayment(parts, await get(`${path}/received/${encodeURIComponent(id)}`), wallet);
  await refresh();
  return { root: parts.root, refresh };
}

function showPayment(parts, payment, wallet) {
  showReceivedState(parts.state, payment);
  show(parts.amount, payment.amount, symbol(), "+");
  const gone = payment.state === "orphaned";
  parts.help.className = `notice ${gone ? "bad" : "warn"}`;
  const sure = payment.state === "final";
  setOptional(parts.help, sure ? "" : gone ? say("orphanedHelp") : say("notFinalHelp", status().confirmations));
  fillFacts(parts.facts, facts(payment, wallet));
}

function facts(payment, wallet) {
  const text = (value) => (element) => setText(element, String(value));
  const all = [
    [say("from"), payment.sender ? (element) => fillAddress(element, payment.sender) : text(say("reward"))],
    [say("to"), (element) => fillAddress(element, payment.recipient)],
  ];
  if (wallet.accounts.length > 1) {
    const account = wallet.accounts.find((each) => each.index === payment.account);
    all.push([say("toAccount"), text(account?.label ?? say("accountNumber", payment.account))]);
  }
  if (payment.memo) {
    all.push([say("memo"), text(payment.memo)]);
  }
  if (payment.confirmations !== undefined) {
    all.push([say("confirmations"), text(say("confirmationsOf", payment.confirmations, status().confirmations))]);
  }
  all.push([say("inBlock"), (element) => fillBlock(element, payment)]);
  all.push([say("blockTime"), text(timeText(payment.atMillis))]);
  if (payment.kind === "payment") {
    all.push([say("transactionId"), (element) => fillCode(element, payment.id)]);
  }
  return all;
}
