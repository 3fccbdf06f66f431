// A payment: form, confirmation with the whole address, and one request that is paid once however often it is sent.
import { call, explain, freshName, get } from "./api.js";
import { announce, copy, decide, once, say, setText, setWhole } from "./dom.js";
import { coins, parseCoins, sentence, show } from "./money.js";
import { contacts, nameOf, symbol } from "./network.js";

const MAX_MEMO_BYTES = 256;
const UNFINISHED = "rensa.unfinished.";

export async function sendView(id) {
  const parts = copy("view-send");
  const wallet = await get(`/wallets/${encodeURIComponent(id)}`);
  if (wallet.watchOnly) {
    throw new Error(say("watchCannotSend"));
  }
  const form = { id, parts, wallet, name: freshName() };
  setText(parts.wallet, wallet.label);
  parts.back.href = `#/wallets/${encodeURIComponent(id)}`;
  setText(parts.symbol, symbol() && `(${symbol()})`);
  parts.contacts.append(...contacts().map((contact) => new Option(contact.name, contact.address)));
  fillAccounts(parts, wallet);
  parts.account.addEventListener("change", () => showAvailable(form));
  parts.urgency.addEventListener("change", () => (parts.ownFee.hidden = parts.urgency.value !== "own"));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.review, () => review(form));
  });
  parts.askAgain.addEventListener("click", () =>
    once(parts.askAgain, () => deliver(form, unfinished(id))),
  );
  showAvailable(form);
  showUnfinished(form);
  return { root: parts.root, refresh: () => refresh(form) };
}

async function refresh(form) {
  form.wallet = await get(`/wallets/${encodeURIComponent(form.id)}`);
  showAvailable(form);
}

function fillAccounts(parts, wallet) {
  parts.accountField.hidden = wallet.accounts.length < 2;
  parts.account.append(
    ...wallet.accounts.map((account) => new Option(account.label ?? say("accountNumber", account.index), account.index)),
  );
}

function account(form) {
  return form.wallet.accounts[form.parts.account.selectedIndex];
}

function showAvailable(form) {
  const { pendingBalance } = account(form);
  setText(
    form.parts.available,
    pendingBalance === undefined ? say("unknownBalance") : say("available", sentence(pendingBalance, symbol())),
  );
}

/** Reads the form, shows what is wrong with it or else asks for a last look, and pays. */
async function review(form) {
  const { parts } = form;
  parts.error.replaceChildren();
  const order = read(form);
  if (!order || !(await isAddress(parts, order.recipient))) {
    parts.form.querySelector("[aria-invalid=true]")?.focus();
    return;
  }
  if (await decide(confirmation(form, order))) {
    const body = JSON.stringify(order.body);
    const request = { name: form.name, recipient: order.recipient, mon: order.mon.toString(), body: body.slice(0, -1) };
    if (order.fee !== null) {
      request.body += `,"fee":${order.fee}`;
    }
    request.body += "}";
    await deliver(form, request);
  }
}

/** The order, or null with each wrong field saying what is wrong with it. */
function read(form) {
  const { parts } = form;
  const recipient = resolve(parts.recipient.value);
  const mon = parseCoins(parts.amount.value);
  const fee = parts.urgency.value === "own" ? parseCoins(parts.fee.value) : null;
  const memo = parts.memo.value;
  const right = [
    judge(parts.recipient, parts.recipientError, recipient ? "" : say("recipientMissing")),
    judge(parts.amount, parts.amountError, amountProblem(form, mon)),
    judge(parts.fee, parts.feeError, parts.urgency.value === "own" && fee === null ? say("amountWrong") : ""),
    judge(parts.memo, parts.memoError, memoProblem(memo)),
  ];
  if (right.includes(false)) {
    return null;
  }
  const body = { recipient, coins: coins(mon), account: account(form).index };
  if (memo) {
    body.memo = memo;
  }
  // What the wallet does by itself is left to it.
  if (fee === null && parts.urgency.value !== "soon") {
    body.urgency = parts.urgency.value;
  }
  return { body, recipient, mon, fee, memo, urgency: parts.urgency.selectedOptions[0].textContent };
}

function resolve(text) {
  const wanted = text.trim();
  return contacts().find((contact) => contact.name === wanted)?.address ?? wanted;
}

function amountProblem(form, mon) {
  if (!form.parts.amount.value.trim()) {
    return say("amountMissing");
  }
  if (mon === null) {
    return say("amountWrong");
  }
  if (mon === 0n) {
    return say("amountNone");
  }
  const { pendingBalance } = account(form);
  return pendingBalance !== undefined && mon > BigInt(pendingBalance)
    ? say("amountTooMuch", sentence(pendingBalance, symbol()))
    : "";
}

function memoProblem(memo) {
  const bytes = new TextEncoder().encode(memo).length;
  return bytes > MAX_MEMO_BYTES ? say("memoLong", bytes) : "";
}

function judge(field, error, problem) {
  error.textContent = problem;
  field.toggleAttribute("aria-invalid", false);
  if (problem) {
    field.setAttribute("aria-invalid", "true");
  }
  return !problem;
}

/** The wallet draws codes of this network's addresses alone, so it can say beforehand what is wrong with one. */
async function isAddress(parts, address) {
  try {
    const answer = await fetch(`/accounts/${encodeURIComponent(address)}/qr.svg`);
    if (answer.status !== 400) {
      return true;
    }
    const problem = await answer.json();
    judge(parts.recipient, parts.recipientError, problem.detail);
    explain(parts.recipientError, { code: problem.code, message: problem.detail });
    return false;
  } catch {
    // Without an answer the payment itself will tell.
    return true;
  }
}

function confirmation(form, order) {
  const parts = copy("dialog-send");
  show(parts.amount, order.mon, symbol());
  const name = nameOf(order.recipient);
  parts.name.hidden = !name;
  parts.name.textContent = name ?? "";
  setWhole(parts.recipient, order.recipient);
  const from = account(form);
  const label = form.wallet.accounts.length > 1 ? ` · ${from.label ?? say("accountNumber", from.index)}` : "";
  parts.from.textContent = form.wallet.label + label;
  parts.fee.textContent = order.fee === null ? order.urgency : sentence(order.fee, symbol());
  parts.memoRow.hidden = !order.memo;
  parts.memo.textContent = order.memo;
  return parts;
}

/** Sends a request under its name. Until an answer comes it is kept, so that even a reload cannot make it two payments. */
async function deliver(form, request) {
  if (form.sending) {
    return;
  }
  form.sending = true;
  sessionStorage.setItem(UNFINISHED + form.id, JSON.stringify(request));
  try {
    const path = `/wallets/${encodeURIComponent(form.id)}/transfers`;
    const answer = await call("POST", path, request.body, { "Idempotency-Key": request.name });
    finish(form);
    const waits = answer.state === "awaiting-approval";
    announce(say(waits ? "nowWaits" : "accepted"));
    location.hash = waits ? `#/wallets/${encodeURIComponent(form.id)}` : `#/transfers/${encodeURIComponent(answer.id)}`;
  } catch (failure) {
    if (!failure.unsure) {
      finish(form);
    }
    showUnfinished(form);
    explain(failure.unsure ? form.parts.unfinishedError : form.parts.error, failure);
  } finally {
    form.sending = false;
  }
}

/** Behind an answer, the next request is another one. */
function finish(form) {
  sessionStorage.removeItem(UNFINISHED + form.id);
  form.name = freshName();
}

function unfinished(id) {
  const kept = sessionStorage.getItem(UNFINISHED + id);
  return kept && JSON.parse(kept);
}

/** While a payment is left without an answer, no other is offered. */
function showUnfinished(form) {
  const { parts } = form;
  const request = unfinished(form.id);
  parts.unfinished.hidden = !request;
  parts.form.hidden = Boolean(request);
  if (request) {
    setWhole(parts.unfinishedTo, request.recipient);
    show(parts.unfinishedAmount, request.mon, symbol());
  }
}
