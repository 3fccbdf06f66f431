// What the page knows of the network and the names in the address book, shared by its views.
import { get } from "./api.js";

const known = { status: null, contacts: [] };

export function symbol() {
  return known.status?.network?.coinSymbol ?? "";
}

export function status() {
  return known.status;
}

/** Asks for the wallet's state; tells whether the chain or the transfers have moved since the last time. */
export async function look() {
  const before = mark(known.status);
  known.status = await get("/status");
  return before !== mark(known.status);
}

export function height() {
  return Math.max(-1, ...(known.status?.nodes ?? []).filter((node) => node.usable).map((node) => node.height ?? -1));
}

export async function lookAtContacts() {
  known.contacts = (await get("/contacts")).contacts;
  return known.contacts;
}

export function contacts() {
  return known.contacts;
}

/** The name that the address book has for an address. */
export function nameOf(address) {
  return known.contacts.find((contact) => contact.address === address)?.name ?? null;
}

function mark(state) {
  return state && [state.openTransfers, ...state.nodes.map((node) => node.tip)].join();
}
