// The vault: locked or open, and until when.
import { explain, get, post } from "./api.js";
import { copy, once, say, setOptional, setText, timeText } from "./dom.js";

export async function vaultView() {
  const parts = copy("view-vault");
  const refresh = async () => showVault(parts, await get("/vault"));
  const change = (button, work) =>
    once(button, async () => {
      parts.error.replaceChildren();
      try {
        showVault(parts, await work());
      } catch (failure) {
        explain(parts.error, failure);
      }
    });
  parts.lock.addEventListener("click", () => change(parts.lock, () => post("/vault/lock")));
  parts.unlock.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = {};
    if (!parts.passphraseField.hidden) {
      if (!parts.passphrase.value) {
        parts.error.textContent = say("passphraseMissing");
        parts.passphrase.focus();
        return;
      }
      request.passphrase = parts.passphrase.value;
    }
    if (parts.seconds.value) {
      request.seconds = Number(parts.seconds.value);
    }
    change(parts.unlock.querySelector("button"), async () => {
      const vault = await post("/vault/unlock", request);
      parts.unlock.reset();
      return vault;
    });
  });
  await refresh();
  return { root: parts.root, refresh };
}

function showVault(parts, vault) {
  setText(parts.state, say(vault.locked ? "vaultLocked" : "vaultOpen"));
  parts.state.className = `chip ${vault.locked ? "warn" : "good"}`;
  setText(parts.help, say(vault.locked ? "vaultLockedHelp" : "vaultOpenHelp"));
  parts.unlock.hidden = !vault.locked;
  parts.lock.hidden = vault.locked;
  parts.passphraseField.hidden = !vault.wantsPassphrase;
  setOptional(parts.until, vault.lockAtMillis === undefined ? "" : say("vaultUntil", timeText(vault.lockAtMillis)));
}
