// The whole wallet as one encrypted file, and back.
import { download, explain, post, upload } from "./api.js";
import { announce, ask, copy, once, say, setOptional, setText } from "./dom.js";

const SHORTEST_PASSPHRASE = 8;

/** Some browsers begin to read what is saved only after a while. */
const KEPT_MILLIS = 60_000;

export async function backupsView() {
  const parts = copy("view-backups");
  submits(parts.make, parts.makeError, () => make(parts));
  submits(parts.restore, parts.restoreError, () => restore(parts));
  parts.release.addEventListener("click", () => once(parts.release, () => release(parts)));
  return { root: parts.root };
}

function submits(form, error, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form.querySelector("button"), async () => {
      error.replaceChildren();
      try {
        await work();
      } catch (failure) {
        explain(error, failure);
      }
    });
  });
}

async function make(parts) {
  const passphrase = parts.passphrase.value;
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    parts.passphrase.focus();
    throw new Error(say("backupShort"));
  }
  if (passphrase !== parts.again.value) {
    parts.again.focus();
    throw new Error(say("backupDiffers"));
  }
  const file = await download("/backup", { passphrase });
  parts.make.reset();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `rensa-wallet-${new Date().toISOString().slice(0, 10)}.backup`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLIS);
  announce(say("downloaded"));
}

async function restore(parts) {
  const [file] = parts.file.files;
  if (!file || !parts.filePassphrase.value) {
    (file ? parts.filePassphrase : parts.file).focus();
    throw new Error(say("restoreMissing"));
  }
  if (!(await ask(say("restoreAsk"), say("restoreAskHelp"), say("restore")))) {
    return;
  }
  const form = new FormData();
  form.append("file", file);
  form.append("passphrase", parts.filePassphrase.value);
  const restored = await upload("/restore", form);
  parts.restore.reset();
  parts.restored.hidden = false;
  setText(parts.counts, say("restoredCounts", restored.wallets, restored.transfers));
  setOptional(parts.held, restored.heldTransfers ? say("restoredHeld", restored.heldTransfers) : "");
  parts.release.hidden = !restored.heldTransfers;
  parts.restored.focus();
}

async function release(parts) {
  if (!(await ask(say("releaseAsk"), say("releaseHelp"), say("release")))) {
    return;
  }
  try {
    const { released, held } = await post("/restore/release");
    setText(parts.held, say("released", released, held));
    parts.release.hidden = held === 0;
  } catch (failure) {
    explain(parts.restoreError, failure);
  }
}
