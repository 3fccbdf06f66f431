// API keys: who may call, and what each may do.
import { call, explain, get, keepKey, post } from "./api.js";
import { announce, ask, copy, fillList, once, say, setOptional, setText, timeText } from "./dom.js";
import { look, status } from "./network.js";
import { showSecret } from "./secret.js";

const ROLES = {
  reader: "roleReaderShort",
  spender: "roleSpenderShort",
  approver: "roleApproverShort",
  admin: "roleAdminShort",
};

export async function keysView() {
  const parts = copy("view-keys");
  const refresh = async () => showKeys(parts, (await get("/keys")).keys, refresh);
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.submit, () => make(parts, refresh));
  });
  await refresh();
  return { root: parts.root, refresh };
}

function showKeys(parts, keys, refresh) {
  const first = status().access === "loopback";
  parts.none.hidden = !first;
  // The first key is an administrator's: without one nobody could make or revoke others.
  for (const option of parts.role.options) {
    option.disabled = first && option.value !== "admin";
  }
  if (first) {
    parts.role.value = "admin";
  }
  const make = (key) => makeItem(key, parts, refresh);
  const newest = [...keys].reverse();
  fillList(parts.list, newest, (key) => key.id, make, (item, key) => {
    setText(item.name, key.name);
    setText(item.role, say(ROLES[key.role]));
    setText(item.made, say("keyMade", timeText(key.createdAtMillis), key.createdBy));
    const revoked = key.revokedAtMillis !== undefined;
    setOptional(item.revoked, revoked ? say("keyRevoked", timeText(key.revokedAtMillis), key.revokedBy) : "");
    item.revoke.hidden = revoked;
    item.role.className = `chip ${revoked ? "bad" : "good"}`;
  });
}

function makeItem(key, parts, refresh) {
  const item = copy("item-key");
  item.revoke.setAttribute("aria-label", `${item.revoke.textContent}: ${key.name}`);
  item.revoke.addEventListener("click", async () => {
    if (!(await ask(say("revokeAsk", key.name), say("revokeHelp"), say("revoke")))) {
      return;
    }
    parts.error.replaceChildren();
    try {
      await call("DELETE", `/keys/${encodeURIComponent(key.id)}`);
      announce(say("saved"));
    } catch (failure) {
      explain(parts.error, failure);
    }
    await refresh();
  });
  return item;
}

async function make(parts, refresh) {
  parts.error.replaceChildren();
  const name = parts.name.value.trim();
  if (!name) {
    parts.error.textContent = say("nameMissing");
    parts.name.focus();
    return;
  }
  const alone = status().access === "loopback";
  let key;
  try {
    key = await post("/keys", { name, role: parts.role.value });
  } catch (failure) {
    explain(parts.error, failure);
    return;
  }
  parts.form.reset();
  if (alone) {
    // From now on every call needs a key, and this tab would be shut out of what it is showing.
    keepKey(key.secret);
  }
  await showSecret(key.secret, "secretKeyHelp", alone ? "secretKeyKept" : "");
  await look();
  await refresh();
}
