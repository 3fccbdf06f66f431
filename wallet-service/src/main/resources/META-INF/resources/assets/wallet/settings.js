// A wallet's names, accounts and limits.
import { call, explain, get, post } from "./api.js";
import { announce, copy, fillList, once, say, setShort, setText } from "./dom.js";
import { coins, parseCoins } from "./money.js";

const LIMITS = ["maxTransfer", "maxDay", "approvalAbove"];

export async function settingsView(id) {
  const path = `/wallets/${encodeURIComponent(id)}`;
  const parts = copy("view-settings");
  const [wallet, policy] = await Promise.all([get(path), get(`${path}/policy`)]);
  parts.back.href = `#${path}`;
  showWallet(parts, wallet, path);
  showPolicy(parts, policy);
  parts.label.value = wallet.label;
  parts.add.hidden = wallet.watchOnly;
  parts.policy.hidden = wallet.watchOnly;
  submits(parts.rename, parts.renameError, async () => {
    const renamed = await call("PATCH", path, JSON.stringify({ label: parts.label.value.trim() }));
    setText(parts.wallet, renamed.label);
  });
  submits(parts.policy, parts.policyError, async () => {
    showPolicy(parts, await call("PUT", `${path}/policy`, policyOf(parts)));
  });
  parts.add.addEventListener("click", () =>
    once(parts.add, async () => {
      try {
        await post(`${path}/accounts`);
        showWallet(parts, await get(path), path);
        announce(say("accountAdded"));
      } catch (failure) {
        explain(parts.accountsError, failure);
      }
    }),
  );
  parts.search.addEventListener("click", () =>
    once(parts.search, async () => {
      try {
        await post("/received/search");
        announce(say("searchBegun"));
      } catch (failure) {
        explain(parts.accountsError, failure);
      }
    }),
  );
  return { root: parts.root };
}

function submits(form, error, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form.querySelector("button"), async () => {
      error.replaceChildren();
      try {
        await work();
        announce(say("saved"));
      } catch (failure) {
        explain(error, failure);
      }
    });
  });
}

function showWallet(parts, wallet, path) {
  setText(parts.wallet, wallet.label);
  const make = (account) => {
    const item = copy("item-named");
    const name = say("accountNumber", account.index);
    item.label.setAttribute("aria-label", name);
    item.label.placeholder = name;
    item.label.value = account.label ?? "";
    submits(item.root.querySelector("form"), parts.accountsError, () =>
      call("PATCH", `${path}/accounts/${account.index}`, JSON.stringify({ label: item.label.value.trim() })),
    );
    return item;
  };
  fillList(parts.accounts, wallet.accounts, (account) => account.index, make, (item, account) =>
    setShort(item.address, account.address),
  );
}

function showPolicy(parts, policy) {
  for (const limit of LIMITS) {
    parts[limit].value = policy[limit] === undefined ? "" : coins(policy[limit]);
  }
  parts.recipients.value = (policy.recipients ?? []).join("\n");
}

/** The policy as JSON, written by hand because its integers may be longer than a float holds. */
function policyOf(parts) {
  const fields = [];
  for (const limit of LIMITS) {
    if (parts[limit].value.trim()) {
      const mon = parseCoins(parts[limit].value);
      if (mon === null) {
        parts[limit].focus();
        throw new Error(say("amountWrong"));
      }
      fields.push(`"${limit}":${mon}`);
    }
  }
  fields.push(`"recipients":${JSON.stringify(parts.recipients.value.split(/[\s,]+/).filter(Boolean))}`);
  return `{${fields.join()}}`;
}
