// A wallet's addresses to be paid at, to be read, copied or scanned.
import { get } from "./api.js";
import { copy, copyText, say, setText, setWhole } from "./dom.js";
import { show } from "./money.js";
import { symbol } from "./network.js";

export async function receiveView(id) {
  const path = `/wallets/${encodeURIComponent(id)}`;
  const parts = copy("view-receive");
  let wallet = await get(path);
  const account = () => wallet.accounts[parts.account.selectedIndex];
  setText(parts.wallet, wallet.label);
  parts.back.href = `#${path}`;
  parts.accountField.hidden = wallet.accounts.length < 2;
  parts.account.append(
    ...wallet.accounts.map((each) => new Option(each.label ?? say("accountNumber", each.index), each.index)),
  );
  const showAccount = () => {
    const { address } = account();
    parts.qr.src = `/accounts/${encodeURIComponent(address)}/qr.svg`;
    setWhole(parts.address, address);
    showBalance(parts, account());
  };
  parts.account.addEventListener("change", showAccount);
  parts.copy.addEventListener("click", () => copyText(account().address));
  showAccount();
  return {
    root: parts.root,
    refresh: async () => {
      wallet = await get(path);
      showBalance(parts, account());
    },
  };
}

function showBalance(parts, account) {
  if (account.balance === undefined) {
    setText(parts.balance, say("unknownBalance"));
  } else {
    show(parts.balance, account.balance, symbol());
  }
}
