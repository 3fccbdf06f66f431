// A secret that is shown this once.
import { copy, copyText, say, setOptional } from "./dom.js";

/** Shows it until its reader has kept it; Escape does not lose it by accident. */
export function showSecret(secret, help, kept) {
  const parts = copy("dialog-secret");
  parts.help.textContent = say(help);
  setOptional(parts.kept, kept && say(kept));
  parts.secret.textContent = secret;
  document.body.append(parts.root);
  parts.root.addEventListener("cancel", (event) => event.preventDefault());
  parts.copy.addEventListener("click", () => copyText(secret));
  return new Promise((resolve) => {
    parts.done.addEventListener("click", () => parts.root.close());
    parts.root.addEventListener("close", () => {
      parts.root.remove();
      resolve();
    });
    parts.root.showModal();
  });
}
