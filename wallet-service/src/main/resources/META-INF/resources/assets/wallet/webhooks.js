// Webhooks: which systems are told of what, and how that went.
import { call, explain, get, post } from "./api.js";
import { announce, ask, copy, fillList, once, say, setOptional, setText } from "./dom.js";
import { showSecret } from "./secret.js";

/** What the page offers to be told, and the types that it means. */
const CHOICES = {
  typeReceivedFinal: ["received.final"],
  typeReceivedMined: ["received.mined"],
  typeReceivedOrphaned: ["received.orphaned"],
  typeSentFinal: ["transfer.final"],
  typeSentUnpaid: ["transfer.failed", "transfer.replaced", "transfer.expired"],
  typeSentSteps: ["transfer.requested", "transfer.reserved", "transfer.signed", "transfer.submitted", "transfer.mined"],
};

const MOST_WALLETS = 1000;

export async function webhooksView() {
  const parts = copy("view-webhooks");
  const { wallets } = await get(`/wallets?limit=${MOST_WALLETS}`);
  parts.wallet.append(...wallets.map((wallet) => new Option(wallet.label, wallet.id)));
  const refresh = async () => showWebhooks(parts, (await get("/webhooks")).webhooks, wallets, refresh);
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.submit, () => make(parts, refresh));
  });
  await refresh();
  return { root: parts.root, refresh };
}

function showWebhooks(parts, webhooks, wallets, refresh) {
  parts.empty.hidden = webhooks.length > 0;
  const make = (webhook) => makeItem(webhook, parts, refresh);
  fillList(parts.list, webhooks, (webhook) => webhook.id, make, (item, webhook) => {
    setText(item.label, webhook.label);
    setText(item.url, webhook.url);
    const wallet = wallets.find((each) => each.id === webhook.walletId);
    setText(item.what, [told(webhook.types), wallet?.label].filter(Boolean).join(" · "));
    setText(item.waiting, say("webhookWaiting", webhook.waiting.toLocaleString("en")));
    const { last } = webhook;
    const result = last && (last.result === "delivered" ? say("delivered") : last.result);
    setOptional(item.last, result ? say("webhookLast", result) : "");
    item.last.className = `chip ${last?.result === "delivered" ? "good" : "bad"}`;
  });
}

function told(types) {
  const names = Object.entries(CHOICES).filter(([, meant]) => meant.some((type) => types.includes(type)));
  return names.length === 0 ? say("everything") : names.map(([name]) => say(name)).join(" · ");
}

function makeItem(webhook, parts, refresh) {
  const item = copy("item-webhook");
  const path = `/webhooks/${encodeURIComponent(webhook.id)}`;
  for (const name of ["test", "retry", "remove"]) {
    item[name].setAttribute("aria-label", `${item[name].textContent}: ${webhook.label}`);
  }
  const change = (button, work) =>
    once(button, async () => {
      parts.error.replaceChildren();
      try {
        await work();
      } catch (failure) {
        explain(parts.error, failure);
      }
      await refresh();
    });
  item.test.addEventListener("click", () =>
    change(item.test, async () => {
      const { delivered, result } = await post(`${path}/test`);
      announce(delivered ? say("testTaken") : say("testFailed", result));
    }),
  );
  item.retry.addEventListener("click", () =>
    change(item.retry, async () => announce(say("retried", (await post(`${path}/retry`)).deliveries))),
  );
  item.remove.addEventListener("click", async () => {
    if (await ask(say("removeWebhookAsk", webhook.label), say("removeWebhookHelp"), item.remove.textContent)) {
      await change(item.remove, () => call("DELETE", path));
    }
  });
  return item;
}

async function make(parts, refresh) {
  parts.error.replaceChildren();
  const request = read(parts);
  if (typeof request === "string") {
    parts.error.textContent = say(request);
    return;
  }
  let webhook;
  try {
    webhook = await post("/webhooks", request);
  } catch (failure) {
    explain(parts.error, failure);
    return;
  }
  parts.form.reset();
  await showSecret(webhook.secret, "secretHookHelp");
  await refresh();
}

/** The request, or the name of the sentence that says what is missing. */
function read(parts) {
  const label = parts.label.value.trim();
  const url = parts.url.value.trim();
  const chosen = [...parts.types.querySelectorAll("input:checked")].map((input) => input.value);
  if (!label || !url || chosen.length === 0) {
    const missing = !label ? parts.label : !url ? parts.url : parts.types.querySelector("input");
    missing.focus();
    return !label ? "nameMissing" : !url ? "urlMissing" : "typesMissing";
  }
  const wallet = parts.wallet.value ? { walletId: parts.wallet.value } : {};
  return { label, url, types: chosen.flatMap((name) => CHOICES[name]), ...wallet };
}
