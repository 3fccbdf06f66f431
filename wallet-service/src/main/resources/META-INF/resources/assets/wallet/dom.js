// The page's markup and words stand in templates that the server wrote in the reader's language. Data comes in as text
// only, never as markup: the page's policy (trusted types) would stop the browser from taking it as such.

const language = document.documentElement.lang;
const exactTime = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" });
const shortTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const secondsTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const clockTime = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
const said = document.getElementById("said");
const TO_READ_MILLIS = 8000;
let silence;
said.addEventListener("click", () => (said.textContent = ""));
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** A template's copy, with its root and, by their names, the parts that wait to be filled. */
export function copy(name) {
  const root = document.getElementById(name).content.firstElementChild.cloneNode(true);
  const parts = { root };
  for (const part of root.querySelectorAll("[data-part]")) {
    parts[part.dataset.part] = part;
  }
  return parts;
}

/** Words of the page, with values in the places of %1 and %2. */
export function say(key, ...values) {
  const entry = document.getElementById("texts").content.querySelector(`[data-text="${key}"]`);
  return entry.textContent.replace(/%([12])/g, (_, place) => values[place - 1]);
}

/** Sets a text only if it is another one, so that a screen reader does not hear it twice. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows a text, or hides its element when there is none. */
export function setOptional(element, text) {
  element.hidden = !text;
  setText(element, text || "");
}

/**
 * Makes a list's items those of the given things, in their order. An item that stays is kept, with the focus in it.
 *
 * @param key tells a thing's name
 * @param make makes an item's parts
 * @param fill fills them
 */
export function fillList(list, things, key, make, fill) {
  const kept = (list.items ??= new Map());
  const names = new Set(things.map(key));
  for (const [name, parts] of kept) {
    if (!names.has(name)) {
      parts.root.remove();
      kept.delete(name);
    }
  }
  things.forEach((thing, at) => {
    const name = key(thing);
    if (!kept.has(name)) {
      kept.set(name, make(thing));
    }
    const parts = kept.get(name);
    if (list.children[at] !== parts.root) {
      list.insertBefore(parts.root, list.children[at] ?? null);
    }
    fill(parts, thing);
  });
}

/** A time in the reader's own zone, near ones by their distance; the exact one in the title. */
export function setTime(element, millis, near = true) {
  const time = new Date(Number(millis));
  element.dateTime = time.toISOString();
  element.title = `${exactTime.format(time)} (${time.toISOString()})`;
  setText(element, near ? distance(time) : secondsTime.format(time));
}

export function timeText(millis) {
  return shortTime.format(new Date(Number(millis)));
}

/** The time of day where the day is today, else the day too. */
export function clockText(millis) {
  const time = new Date(Number(millis));
  return (time.toDateString() === new Date().toDateString() ? clockTime : secondsTime).format(time);
}

function distance(time) {
  const seconds = Math.round((time - Date.now()) / 1000);
  const steps = [
    [60, 1, "second"],
    [3600, 60, "minute"],
    [86400, 3600, "hour"],
  ];
  for (const [below, unit, name] of steps) {
    if (Math.abs(seconds) < below) {
      return relative.format(Math.trunc(seconds / unit), name);
    }
  }
  return shortTime.format(time);
}

/** The beginning and the end of an address or a hash. */
export function shortened(text) {
  return text.length > 20 ? `${text.slice(0, 10)}…${text.slice(-8)}` : text;
}

/** The same in an element, the whole in the title. */
export function setShort(element, text) {
  element.title = text;
  setText(element, shortened(text));
}

/** An address whole, in groups of four that the eye can compare; copied, it is the address. */
export function setWhole(element, address) {
  element.replaceChildren(
    ...address.match(/.{1,4}/g).map((four) => {
      const group = document.createElement("span");
      group.textContent = four;
      return group;
    }),
  );
}

/** Says something that happened, seen and heard, for as long as it takes to read. */
export function announce(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ""), TO_READ_MILLIS);
}

/** Opens a dialog's parts; true if `yes` was chosen. */
export function decide(parts) {
  return new Promise((resolve) => {
    let chosen = false;
    document.body.append(parts.root);
    parts.yes.addEventListener("click", () => {
      chosen = true;
      parts.root.close();
    });
    parts.no.addEventListener("click", () => parts.root.close());
    parts.root.addEventListener("close", () => {
      parts.root.remove();
      resolve(chosen);
    });
    parts.root.showModal();
  });
}

/** Asks a question with one dangerous answer. */
export function ask(title, detail, yes) {
  const parts = copy("dialog-ask");
  parts.title.textContent = title;
  parts.detail.textContent = detail;
  parts.yes.textContent = yes;
  return decide(parts);
}

/** Puts a text into the clipboard, or says that the browser does not let it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(say("copied"));
  } catch {
    announce(say("notCopied"));
  }
}

/** Runs what a button or form starts, once at a time. */
export async function once(button, work) {
  if (button.getAttribute("aria-busy") === "true") {
    return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}
