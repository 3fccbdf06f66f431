// One wallet: balance, ways to pay and to be paid, and what came in and went out.
import { explain, freshName, get, post } from "./api.js";
import { announce, copy, fillList, once, say, setOptional, setShort, setText, setTime } from "./dom.js";
import { historyOf } from "./history.js";
import { requested, show } from "./money.js";
import { status, symbol } from "./network.js";
import { showState } from "./states.js";
import { kindOf, showBalance } from "./wallets.js";

const FAUCET_COINS = "10";

export async function walletView(id) {
  const path = `/wallets/${encodeURIComponent(id)}`;
  const parts = copy("view-wallet");
  const showHistory = historyOf(parts, path);
  const refresh = async () => {
    const [wallet] = await Promise.all([get(path), showHistory(), showWaiting(parts, id)]);
    showWallet(parts, wallet);
    return wallet;
  };
  const wallet = await refresh();
  for (const page of ["send", "receive", "payouts", "settings"]) {
    parts[page].href = `#/wallets/${encodeURIComponent(id)}/${page}`;
  }
  parts.send.hidden = wallet.watchOnly;
  parts.payouts.hidden = wallet.watchOnly;
  offerFaucet(parts, wallet);
  return { root: parts.root, refresh };
}

function showWallet(parts, wallet) {
  setText(parts.label, wallet.label);
  setOptional(parts.kind, kindOf(wallet));
  showBalance(parts, wallet);
  if (wallet.balanceProblem) {
    explain(parts.trouble, { code: "no-node", message: wallet.balanceProblem });
  } else {
    parts.trouble.hidden = true;
  }
  parts.accountsSection.hidden = wallet.accounts.length < 2;
  if (wallet.accounts.length > 1) {
    fillList(parts.accounts, wallet.accounts, (account) => account.index, () => copy("item-account"), fillAccount);
  }
}

function fillAccount(parts, account) {
  setText(parts.label, account.label ?? say("accountNumber", account.index));
  setShort(parts.address, account.address);
  if (account.balance === undefined) {
    setText(parts.balance, "");
  } else {
    show(parts.balance, account.balance, symbol());
  }
}

async function showWaiting(parts, id) {
  const { approvals } = await get("/approvals?state=awaiting-approval");
  const waiting = approvals.filter((approval) => approval.walletId === id);
  parts.waitingSection.hidden = waiting.length === 0;
  fillList(parts.waiting, waiting, (approval) => approval.id, () => copy("item-transfer"), (item, approval) => {
    item.link.href = "#/approvals";
    setShort(item.to, approval.transfer.recipient);
    show(item.amount, requested(approval.transfer), symbol());
    showState(item.state, { state: approval.state });
    setTime(item.time, approval.createdAtMillis);
    setOptional(item.memo, approval.transfer.memo);
  });
}

function offerFaucet(parts, wallet) {
  parts.faucet.hidden = !status().faucetAddress || wallet.id === "faucet";
  let name = freshName();
  parts.faucet.addEventListener("click", () =>
    once(parts.faucet, async () => {
      try {
        await post("/faucet", { address: wallet.address, coins: FAUCET_COINS }, { "Idempotency-Key": name });
        name = freshName();
        announce(say("faucetComing"));
      } catch (failure) {
        explain(parts.trouble, failure);
      }
    }),
  );
}
