// Amounts are integers of mon, held as BigInt: a float would lose coins without a word.
const DECIMALS = 8;
const MON_A_COIN = 10n ** BigInt(DECIMALS);
const MOST = 2n ** 63n - 1n;

/** Coins as people write them, as mon; null for anything else. Full-width digits and spaces between groups are welcome. */
export function parseCoins(text) {
  const plain = text.normalize("NFKC").replace(/[\s_]/g, "");
  const match = /^(\d{1,20})(?:\.(\d{1,8}))?$/.exec(plain);
  if (!match) {
    return null;
  }
  const mon = BigInt(match[1]) * MON_A_COIN + BigInt((match[2] ?? "").padEnd(DECIMALS, "0"));
  return mon > MOST ? null : mon;
}

/** The amount of a request as the API keeps it: in mon, or as decimal text of coins. */
export function requested(transfer) {
  return transfer.amount === undefined || transfer.amount === null ? parseCoins(transfer.coins) : BigInt(transfer.amount);
}

/** Mon as the shortest exact decimal text of coins, as the API takes it. */
export function coins(mon) {
  const [whole, decimals] = split(BigInt(mon));
  const short = decimals.replace(/0+$/, "");
  return short ? `${whole}.${short}` : whole;
}

/** The same for sentences, with separators and the coin's symbol. */
export function sentence(mon, symbol) {
  const [whole, decimals] = split(BigInt(mon));
  const short = decimals.replace(/0+$/, "");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped}${short ? "." + short : ""} ${symbol}`.trim();
}

/**
 * Fills an element with an amount: all eight decimals, those that say nothing faint, groups set apart by thin space that
 * is not part of the text, so that a copied amount is a number.
 *
 * @param plus what stands before an amount that is not below zero
 */
export function show(element, mon, symbol, plus = "") {
  const exact = BigInt(mon);
  const text = `${plus}${exact} ${symbol}`;
  if (element.dataset.shown === text) {
    return;
  }
  element.dataset.shown = text;
  element.title = `${exact} mon`;
  const [whole, decimals] = split(exact);
  const said = decimals.replace(/0+$/, "");
  const number = document.createElement("span");
  number.className = "number";
  const digits = whole.replace("-", "");
  number.append(exact < 0n ? "−" : plus, ...groups(digits, digits.length % 3 || 3));
  const fraction = [part(said ? "" : "faint", "."), ...groups(said, 3), ...faint(decimals, said.length)];
  number.append(...fraction);
  const unit = document.createElement("small");
  unit.textContent = symbol;
  element.replaceChildren(number, " ", unit);
}

function split(mon) {
  const sign = mon < 0n ? "-" : "";
  const digits = (mon < 0n ? -mon : mon).toString().padStart(DECIMALS + 1, "0");
  return [sign + digits.slice(0, -DECIMALS), digits.slice(-DECIMALS)];
}

function groups(digits, first) {
  const parts = [];
  for (let from = 0, to = first; from < digits.length; from = to, to += 3) {
    parts.push(part(from > 0 ? "group" : "", digits.slice(from, to)));
  }
  return parts;
}

function faint(decimals, from) {
  const parts = [];
  for (let at = from; at < decimals.length; ) {
    const end = Math.min(decimals.length, at - (at % 3) + 3);
    parts.push(part(at % 3 === 0 && at > 0 ? "faint group" : "faint", decimals.slice(at, end)));
    at = end;
  }
  return parts;
}

function part(classes, text) {
  const span = document.createElement("span");
  span.className = classes;
  span.textContent = text;
  return span;
}
