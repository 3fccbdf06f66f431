// Many payments from one text: what is in it, a last look, and one request that is paid once however often it is sent.
import { call, explain, freshName, get } from "./api.js";
import { rowsOf } from "./csv.js";
import { announce, ask, copy, fillList, once, say, setShort, setText, setTime } from "./dom.js";
import { parseCoins, sentence, show } from "./money.js";
import { symbol } from "./network.js";
import { showStates } from "./payouts.js";

/** What the browser keeps for a tab has room for this, whatever else is kept. */
const MAX_CHARACTERS = 2 * 1024 * 1024;
const MAX_LINES = 10_000;
const PREVIEWED = 5;
const UNFINISHED = "rensa.unfinished-payout.";

export async function payoutView(id) {
  const path = `/wallets/${encodeURIComponent(id)}`;
  const parts = copy("view-payout");
  const wallet = await get(path);
  if (wallet.watchOnly) {
    throw new Error(say("watchCannotSend"));
  }
  const form = { id, path, parts, name: freshName() };
  setText(parts.wallet, wallet.label);
  parts.back.href = `#${path}`;
  parts.accountField.hidden = wallet.accounts.length < 2;
  parts.account.append(
    ...wallet.accounts.map((account) => new Option(account.label ?? say("accountNumber", account.index), account.index)),
  );
  parts.file.addEventListener("change", async () => {
    const [file] = parts.file.files;
    if (file && file.size > MAX_CHARACTERS) {
      parts.error.textContent = say("payoutTooLong");
    } else if (file) {
      parts.text.value = await file.text();
      preview(parts);
    }
  });
  parts.text.addEventListener("input", () => preview(parts));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.review, () => review(form));
  });
  parts.askAgain.addEventListener("click", () => once(parts.askAgain, () => deliver(form, unfinished(id))));
  showUnfinished(form);
  const refresh = () => showEarlier(parts, path);
  await refresh();
  return { root: parts.root, refresh };
}

/** Shows the sum and the first lines of what was given, or what is wrong with it. */
function preview(parts) {
  parts.error.replaceChildren();
  const payout = read(parts.text.value);
  const isPayout = typeof payout !== "string";
  parts.preview.hidden = !isPayout;
  if (!isPayout) {
    parts.error.textContent = parts.text.value.trim() ? payout : "";
    return;
  }
  setText(parts.sum, say("payoutSum", payout.lines.length.toLocaleString("en"), sentence(payout.total, symbol())));
  const first = payout.lines.slice(0, PREVIEWED).map((line, at) => ({ ...line, at }));
  fillList(parts.lines, first, (line) => line.at, () => copy("item-payout-line"), (item, line) => {
    setText(item.number, String(line.at + 1));
    setShort(item.recipient, line.recipient);
    setText(item.memo, line.memo);
    show(item.amount, line.mon, symbol());
  });
}

/** The lines and their sum, or a sentence that says what is wrong. The wallet judges each line anew. */
function read(text) {
  if (!text.trim()) {
    return say("payoutMissing");
  }
  if (text.length > MAX_CHARACTERS) {
    return say("payoutTooLong");
  }
  const [head, ...rows] = rowsOf(text);
  const column = (name) => head.indexOf(name);
  if (new Set(head).size < head.length) {
    return say("payoutColumnTwice");
  }
  if (column("recipient") < 0 || (column("coins") < 0) === (column("amount") < 0)) {
    return say("payoutColumns");
  }
  if (rows.length === 0 || rows.length > MAX_LINES) {
    return say(rows.length === 0 ? "payoutNoLines" : "payoutTooLong");
  }
  let total = 0n;
  const lines = [];
  for (const row of rows) {
    const mon = column("coins") < 0 ? wholeNumber(row[column("amount")]) : parseCoins(row[column("coins")] ?? "");
    if (mon === null) {
      return say("payoutWrong", say("payoutLine", lines.length + 1));
    }
    total += mon;
    lines.push({ recipient: row[column("recipient")] ?? "", mon, memo: row[column("memo")] ?? "" });
  }
  return { lines, total };
}

function wholeNumber(text) {
  return /^\d{1,19}$/.test(text ?? "") ? BigInt(text) : null;
}

async function review(form) {
  const { parts } = form;
  preview(parts);
  const payout = read(parts.text.value);
  if (typeof payout === "string") {
    parts.error.textContent = payout;
    parts.text.focus();
    return;
  }
  const count = payout.lines.length.toLocaleString("en");
  const detail = say("payoutConfirmHelp", count, sentence(payout.total, symbol()));
  if (await ask(say("payoutConfirm"), detail, say("payoutPay"))) {
    const account = parts.account.value;
    await deliver(form, { name: form.name, account, text: parts.text.value, total: payout.total.toString(), count });
  }
}

/** Sends it under its name. Until an answer comes it is kept, so that even a reload cannot make it two payouts. */
async function deliver(form, request) {
  const { parts } = form;
  sessionStorage.setItem(UNFINISHED + form.id, JSON.stringify(request));
  try {
    const answer = await call("POST", `${form.path}/payouts?account=${request.account}`, request.text, {
      "Content-Type": "text/csv",
      "Idempotency-Key": request.name,
    });
    finish(form);
    announce(say("payoutAccepted"));
    location.hash = `#${form.path}/payouts/${encodeURIComponent(answer.id)}`;
  } catch (failure) {
    if (!failure.unsure) {
      finish(form);
    }
    showUnfinished(form);
    explain(failure.unsure ? parts.unfinishedError : parts.error, inLines(failure));
  }
}

/** People count lines from 1, the API from 0; each wrong one gets a line of its own. */
function inLines(failure) {
  if (failure.code === "invalid-lines") {
    failure.message = failure.message
      .replace(/line (\d+):/g, (_, line) => `line ${Number(line) + 1}:`)
      .replaceAll("; ", ";\n");
  }
  return failure;
}

function finish(form) {
  sessionStorage.removeItem(UNFINISHED + form.id);
  form.name = freshName();
}

function unfinished(id) {
  const kept = sessionStorage.getItem(UNFINISHED + id);
  return kept && JSON.parse(kept);
}

/** While a payout is left without an answer, no other is offered. */
function showUnfinished(form) {
  const { parts } = form;
  const request = unfinished(form.id);
  parts.unfinished.hidden = !request;
  parts.form.hidden = Boolean(request);
  if (request) {
    setText(parts.unfinishedSum, say("payoutSum", request.count, sentence(request.total, symbol())));
  }
}

async function showEarlier(parts, path) {
  const { payouts } = await get(`${path}/payouts`);
  parts.empty.hidden = payouts.length > 0;
  fillList(parts.earlier, payouts, (payout) => payout.id, () => copy("item-payout"), (item, payout) => {
    item.link.href = `#${path}/payouts/${encodeURIComponent(payout.id)}`;
    setText(item.link, say("payoutLines", payout.lines.toLocaleString("en")));
    show(item.total, payout.total, symbol());
    setTime(item.time, payout.createdAtMillis);
    showStates(item.states, payout.states);
  });
}
