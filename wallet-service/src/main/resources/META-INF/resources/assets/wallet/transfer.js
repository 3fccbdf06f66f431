// One payment: how far it is, what it is, and the log that tells how it came there.
import { call, explain, explainReason, get, post } from "./api.js";
import { announce, ask, clockText, copy, fillList, once, say, setText, setTime, timeText } from "./dom.js";
import { fillAddress, fillBlock, fillCode, fillFacts } from "./facts.js";
import { parseCoins, sentence, show } from "./money.js";
import { status, symbol } from "./network.js";
import { isOpen, showState, stateName } from "./states.js";

const STEPS = ["requested", "reserved", "signed", "submitted", "mined", "final"];
const STEP_NAMES = ["stepRequested", "stepReserved", "stepSigned", "stepSubmitted", "stepMined", "stepFinal"];
const ENDED = ["failed", "replaced", "expired"];

export async function transferView(id) {
  const parts = copy("view-transfer");
  let transfer;
  let wallet;
  const refresh = async () => {
    transfer = await get(`/transfers/${encodeURIComponent(id)}`);
    showTransfer(parts, transfer);
  };
  await refresh();
  wallet = await get(`/wallets/${encodeURIComponent(transfer.walletId)}`);
  setText(parts.wallet, wallet.label);
  parts.back.href = `#/wallets/${encodeURIComponent(transfer.walletId)}`;
  parts.raise.addEventListener("click", () => raiseFee(transfer, refresh));
  parts.cancel.addEventListener("click", () => once(parts.cancel, () => cancel(parts, transfer, refresh)));
  return { root: parts.root, refresh };
}

function showTransfer(parts, transfer) {
  showState(parts.state, transfer);
  show(parts.amount, transfer.amount, symbol());
  showSteps(parts, transfer);
  parts.reason.hidden = !transfer.reasonCode;
  if (transfer.reasonCode) {
    parts.reason.className = `notice ${ENDED.includes(transfer.state) ? "bad" : "warn"}`;
    explainReason(parts.reason, transfer.reasonCode, transfer.reason);
  }
  const mayChange = isOpen(transfer) && transfer.state !== "mined" && transfer.kind === "payment" && !transfer.cancelling;
  parts.actions.hidden = !mayChange;
  parts.raise.hidden = transfer.transactionId === undefined;
  fillFacts(parts.facts, facts(transfer));
  fillList(parts.history, transfer.history, (event) => event.version, () => copy("item-event"), (item, event) => {
    setTime(item.time, event.atMillis, false);
    setText(item.state, stateName(event.state));
    item.state.className = "chip";
    setText(item.cause, event.actor && event.actor !== "wallet" ? `${event.cause} (${event.actor})` : event.cause);
  });
}

/** The way from request to final, as far as the last time through it: a reorganisation goes back. */
function showSteps(parts, transfer) {
  const ended = ENDED.includes(transfer.state);
  parts.steps.hidden = ended;
  const reached = STEPS.indexOf(transfer.state);
  const times = new Map(transfer.history.map((event) => [event.state, event.atMillis]));
  fillList(parts.steps, STEPS, (step) => step, () => copy("item-step"), (item, step) => {
    const at = STEPS.indexOf(step);
    setText(item.label, say(STEP_NAMES[at]));
    item.root.className = at <= reached ? "done" : "";
    item.root.toggleAttribute("aria-current", false);
    if (at === reached) {
      item.root.setAttribute("aria-current", "step");
    }
    const time = at <= reached ? times.get(step) : undefined;
    setText(item.when, time === undefined ? "" : clockText(time));
  });
}

function facts(transfer) {
  const text = (value) => (element) => setText(element, String(value));
  const address = (value) => (element) => fillAddress(element, value);
  const all = [
    [say("to"), address(transfer.recipient)],
    [say("from"), address(transfer.sender)],
    [say("fee"), text(sentence(transfer.offeredFee ?? transfer.fee, symbol()))],
  ];
  if (transfer.memo) {
    all.push([say("memo"), text(transfer.memo)]);
  }
  if (transfer.confirmations !== undefined) {
    all.push([say("confirmations"), text(say("confirmationsOf", transfer.confirmations, status().confirmations))]);
  }
  if (transfer.height !== undefined) {
    all.push([say("inBlock"), (element) => fillBlock(element, transfer)]);
  }
  if (transfer.transactionId) {
    all.push([say("transactionId"), (element) => fillCode(element, transfer.transactionId)]);
  }
  if (transfer.nonce !== undefined) {
    all.push([say("nonce"), text(transfer.nonce)]);
  }
  all.push([say("validUntil"), text(Number(transfer.validUntil) === 0 ? say("always") : transfer.validUntil)]);
  all.push([say("asked"), text(timeText(transfer.createdAtMillis))]);
  return all;
}

function raiseFee(transfer, refresh) {
  const parts = copy("dialog-fee");
  document.body.append(parts.root);
  parts.no.addEventListener("click", () => parts.root.close());
  parts.root.addEventListener("close", () => parts.root.remove());
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.form.querySelector("button"), async () => {
      const fee = parseCoins(parts.fee.value);
      if (fee === null) {
        parts.error.textContent = say("amountWrong");
        return;
      }
      try {
        await call("POST", `${pathOf(transfer)}/fee`, `{"fee":${fee}}`);
        parts.root.close();
        announce(say("feeRaised"));
        await refresh();
      } catch (failure) {
        explain(parts.error, failure);
      }
    });
  });
  parts.root.showModal();
}

async function cancel(parts, transfer, refresh) {
  if (!(await ask(say("cancelAsk"), say("cancelHelp"), say("cancelTransfer")))) {
    return;
  }
  try {
    await post(`${pathOf(transfer)}/cancel`);
    announce(say("cancelled"));
    await refresh();
  } catch (failure) {
    explain(parts.error, failure);
  }
}

function pathOf(transfer) {
  return `/wallets/${encodeURIComponent(transfer.walletId)}/transfers/${encodeURIComponent(transfer.id)}`;
}
