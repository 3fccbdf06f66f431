// The wallet's public API. The key lives in this tab's session storage alone and travels in a header alone.
import { say } from "./dom.js";

const KEY = "rensa.api-key";
const header = document.documentElement.dataset.keyHeader;

/** Longer than the wallet itself waits before it says that it does not know. */
const LONGEST_MILLIS = 40_000;

/** Files are made and read for as long as it takes a slow disk. */
const FILE_MILLIS = 600_000;

/** The status of an answer that has no words on purpose. */
const NO_CONTENT = 204;

/** An integer of more digits than a float holds exactly, outside of strings. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const EXACT_DIGITS = 15;

/** An answer that says no, as RFC 9457 writes it. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = document.code ?? "";
  }

  /** Whether what was asked for may have happened all the same: a proxy on the way says no without knowing. */
  get unsure() {
    return this.status >= 500 || this.code === "";
  }
}

/** No answer at all. */
export class NoAnswer extends Error {
  get unsure() {
    return true;
  }
}

export function apiKey() {
  return sessionStorage.getItem(KEY);
}

export function keepKey(key) {
  if (key) {
    sessionStorage.setItem(KEY, key);
  } else {
    sessionStorage.removeItem(KEY);
  }
}

/** What says who asks. */
export function credentials() {
  return apiKey() ? { [header]: apiKey() } : {};
}

export function get(path) {
  return call("GET", path);
}

export function post(path, body, headers) {
  return call("POST", path, body === undefined ? undefined : JSON.stringify(body), headers);
}

/** Calls the API with a body that is JSON already, or what the headers say. */
export async function call(method, path, body, headers = {}) {
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  const read = async (answer) => (answer.status === NO_CONTENT ? null : readExact(await answer.text()));
  return ask(method, path, body, { ...type, ...headers }, LONGEST_MILLIS, read);
}

/** Asks for a file. */
export function download(path, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/octet-stream, application/problem+json" };
  return ask("POST", path, JSON.stringify(body), headers, FILE_MILLIS, (answer) => answer.blob());
}

/** Sends a form with a file in it; the browser says where its parts end. */
export async function upload(path, form) {
  return ask("POST", path, form, {}, FILE_MILLIS, async (answer) => readExact(await answer.text()));
}

async function ask(method, path, body, headers, millis, read) {
  let answer, content;
  try {
    answer = await fetch(path, {
      method,
      body,
      headers: { Accept: "application/json", ...credentials(), ...headers },
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(millis),
    });
    content = await (answer.ok ? read(answer) : answer.text());
  } catch (failure) {
    // Words that cannot be read are a proxy's on the way, whatever status it gives them: no answer of the wallet's.
    throw new NoAnswer(failure.message);
  }
  if (!answer.ok) {
    throw new Problem(answer.status, readProblem(content));
  }
  return content;
}

/** JSON whose long integers become texts, which BigInt reads exactly. */
export function readExact(text) {
  return JSON.parse(
    text.replace(TOKENS, (token) =>
      token[0] !== '"' && /^-?\d+$/.test(token) && token.length > EXACT_DIGITS ? `"${token}"` : token,
    ),
  );
}

function readProblem(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A name for a request, so that whoever hears it twice does it once. Plain HTTP pages have no crypto.randomUUID. */
export function freshName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Says in an element what went wrong: in the reader's language where the code is known, with the wallet's own words. */
export function explain(element, failure) {
  element.hidden = false;
  const own = failure instanceof NoAnswer ? say("noAnswer") : asSentence(failure.message);
  const known = translated(failure.code);
  if (!known) {
    element.textContent = own;
    return;
  }
  const original = document.createElement("small");
  original.append(say("originalWords"), " ");
  const quote = document.createElement("span");
  quote.lang = "en";
  quote.textContent = own;
  original.append(quote);
  element.replaceChildren(known, original);
}

/** A reason that a transfer or a node carries, by its code, as `explain` says it. */
export function explainReason(element, code, reason) {
  explain(element, { code, message: reason ?? code });
}

function translated(code) {
  const sentences = document.getElementById("problems");
  const entry = code && sentences?.content.querySelector(`[data-problem="${CSS.escape(code)}"]`);
  return entry ? entry.textContent : null;
}

function asSentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : begun + ".";
}

