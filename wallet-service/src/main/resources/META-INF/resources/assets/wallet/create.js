// A new wallet: fresh words, words that exist, or addresses to watch. Fresh words are held in this view's memory alone.
import { explain, post } from "./api.js";
import { announce, ask, copy, once, say } from "./dom.js";

const WORDS_ASKED = 3;

export async function createView() {
  const parts = copy("view-create");
  const view = { root: parts.root };
  const showKind = () => {
    const kind = parts.form.elements.kind.value;
    for (const field of parts.form.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(kind);
    }
  };
  parts.kinds.addEventListener("change", showKind);
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.submit, () => make(parts, view));
  });
  showKind();
  return view;
}

async function make(parts, view) {
  parts.error.replaceChildren();
  const request = read(parts);
  if (typeof request === "string") {
    parts.error.textContent = request;
    return;
  }
  let wallet;
  try {
    wallet = await post("/wallets", request);
  } catch (failure) {
    explain(parts.error, failure);
    return;
  }
  parts.form.reset();
  if (wallet.mnemonic) {
    showWords(view, parts.root, wallet);
  } else {
    announce(say("walletMade"));
    location.hash = `#/wallets/${encodeURIComponent(wallet.id)}`;
  }
}

/** The request, or what is missing in it. */
function read(parts) {
  const label = parts.label.value.trim();
  if (!label) {
    parts.label.focus();
    return say("labelMissing");
  }
  const passphrase = parts.passphrase.value ? { passphrase: parts.passphrase.value } : {};
  switch (parts.form.elements.kind.value) {
    case "fresh":
      return { label, words: Number(parts.form.elements.words.value), ...passphrase };
    case "import": {
      const mnemonic = parts.mnemonic.value.normalize("NFKD").toLowerCase().trim().split(/\s+/).join(" ");
      return mnemonic ? { label, mnemonic, ...passphrase } : say("wordsMissing");
    }
    default: {
      const addresses = parts.addresses.value.split(/[\s,]+/).filter(Boolean);
      return addresses.length ? { label, addresses } : say("addressesMissing");
    }
  }
}

/** Shows the words in place of the form, asks for some of them, and only then leads on. */
function showWords(view, form, wallet) {
  const words = wallet.mnemonic.split(" ");
  const parts = copy("view-words");
  const warn = (event) => event.preventDefault();
  const leave = () => {
    removeEventListener("beforeunload", warn);
    view.mayLeave = undefined;
  };
  parts.words.append(
    ...words.map((word) => {
      const item = document.createElement("li");
      item.textContent = word;
      return item;
    }),
  );
  addEventListener("beforeunload", warn);
  view.mayLeave = async () => {
    const sure = await ask(say("wordsLeave"), say("wordsLeaveHelp"), say("leave"));
    if (sure) {
      leave();
    }
    return sure;
  };
  parts.next.addEventListener("click", () => askForWords(parts, words.length));
  parts.again.addEventListener("click", () => {
    parts.ask.hidden = true;
    parts.show.hidden = false;
  });
  parts.ask.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = [...parts.asked.querySelectorAll("input")].find(
      (input) => input.value.trim().toLowerCase() !== words[Number(input.dataset.at)],
    );
    if (wrong) {
      parts.error.textContent = say("wordsWrong", Number(wrong.dataset.at) + 1);
      wrong.focus();
      return;
    }
    leave();
    announce(say("wordsDone"));
    location.hash = `#/wallets/${encodeURIComponent(wallet.id)}`;
  });
  form.replaceWith(parts.root);
  const heading = parts.root.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

function askForWords(parts, count) {
  parts.asked.replaceChildren(
    ...choose(count).map((at) => {
      const item = copy("item-asked");
      item.word.id = `word-${at}`;
      item.word.dataset.at = at;
      item.label.htmlFor = item.word.id;
      item.label.textContent = say("wordNumber", at + 1);
      return item.root;
    }),
  );
  parts.error.textContent = "";
  parts.show.hidden = true;
  parts.ask.hidden = false;
  parts.asked.querySelector("input").focus();
}

function choose(count) {
  const places = new Set();
  while (places.size < WORDS_ASKED) {
    places.add(crypto.getRandomValues(new Uint32Array(1))[0] % count);
  }
  return [...places].sort((a, b) => a - b);
}
