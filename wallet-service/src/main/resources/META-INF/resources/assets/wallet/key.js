// Asks for an API key and tries it before it is kept for this tab.
import { explain, get, keepKey } from "./api.js";
import { copy, once, say } from "./dom.js";

/** The view of somebody who brings no key, or one that opens nothing. */
export function keyView(failure, opened) {
  const parts = copy("view-key");
  if (failure.code === "credentials-refused") {
    keepKey(null);
    explain(parts.error, failure);
  }
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.submit, () => tryKey(parts, opened));
  });
  return { root: parts.root };
}

async function tryKey(parts, opened) {
  const key = parts.key.value.trim();
  if (!key) {
    parts.error.textContent = say("keyMissing");
    parts.key.focus();
    return;
  }
  keepKey(key);
  try {
    await get("/status");
  } catch (failure) {
    keepKey(null);
    explain(parts.error, failure);
    parts.key.focus();
    return;
  }
  parts.key.value = "";
  await opened();
}
