// All wallets with their balances, and the nodes that the balances come from.
import { get } from "./api.js";
import { copy, fillList, say, setOptional, setShort, setText } from "./dom.js";
import { sentence, show } from "./money.js";
import { status, symbol } from "./network.js";

/** Balances are asked for one wallet at a time: a page of so many is quick to answer and to read. */
const PAGE = 24;

export async function walletsView() {
  const parts = copy("view-wallets");
  let pages = 1;
  const refresh = async (moved) => {
    showNodes(parts);
    if (moved) {
      await showWallets(parts, pages);
    }
  };
  parts.more.addEventListener("click", async () => {
    pages++;
    await showWallets(parts, pages);
  });
  await refresh(true);
  return { root: parts.root, refresh };
}

async function showWallets(parts, pages) {
  const most = pages * PAGE;
  const { wallets } = await get(`/wallets?limit=${most + 1}`);
  const balances = await Promise.all(wallets.slice(0, most).map((wallet) => get(`/wallets/${encodeURIComponent(wallet.id)}`)));
  parts.more.hidden = wallets.length <= most;
  parts.empty.hidden = balances.some((wallet) => wallet.id !== "faucet");
  // The faucet is everybody's: people's own wallets come first.
  balances.sort((a, b) => (a.id === "faucet") - (b.id === "faucet"));
  fillList(parts.list, balances, (wallet) => wallet.id, () => copy("item-wallet"), fillWallet);
}

function fillWallet(parts, wallet) {
  setText(parts.label, wallet.label);
  parts.label.href = `#/wallets/${encodeURIComponent(wallet.id)}`;
  setOptional(parts.kind, kindOf(wallet));
  setShort(parts.address, wallet.address);
  showBalance(parts, wallet);
}

/** What kind of wallet it is, if it is a special one. */
export function kindOf(wallet) {
  return wallet.id === "faucet" ? say("faucetChip") : wallet.watchOnly ? say("watchOnly") : "";
}

/** A wallet's or an account's balance, and what becomes of it when everything is mined. */
export function showBalance(parts, holder) {
  if (holder.balance === undefined) {
    delete parts.balance.dataset.shown;
    setText(parts.balance, say("unknownBalance"));
    parts.pending.hidden = true;
    return;
  }
  show(parts.balance, holder.balance, symbol());
  const differs = BigInt(holder.pendingBalance) !== BigInt(holder.balance);
  setOptional(parts.pending, differs ? say("pendingBalance", sentence(holder.pendingBalance, symbol())) : "");
}

function showNodes(parts) {
  const { nodes } = status();
  const usable = nodes.filter((node) => node.usable).length;
  setText(parts.nodesSummary, say("nodesUsable", usable, nodes.length));
  fillList(
    parts.nodes,
    nodes,
    (node) => node.url,
    () => copy("item-node"),
    (item, node) => {
      setText(item.name, node.name ?? node.url);
      setText(item.state, say(node.usable ? "nodeUsable" : "nodeLeftOut"));
      item.state.className = `chip ${node.usable ? "good" : "bad"}`;
      setText(item.detail, node.usable ? say("nodeHeight", node.height.toLocaleString("en")) : (node.reason ?? ""));
    },
  );
}
