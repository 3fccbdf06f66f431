// The address book.
import { call, explain } from "./api.js";
import { announce, ask, copy, fillList, once, say, setOptional, setShort, setText } from "./dom.js";
import { lookAtContacts } from "./network.js";

export async function contactsView() {
  const parts = copy("view-contacts");
  const refresh = async () => {
    const contacts = await lookAtContacts();
    parts.empty.hidden = contacts.length > 0;
    const make = (contact) => makeItem(contact, parts, refresh);
    fillList(parts.list, contacts, (contact) => contact.name, make, (item, contact) => {
      setText(item.name, contact.name);
      setShort(item.address, contact.address);
      setOptional(item.note, contact.note);
    });
  };
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(parts.submit, () => save(parts, refresh));
  });
  await refresh();
  return { root: parts.root, refresh };
}

function makeItem(contact, parts, refresh) {
  const item = copy("item-contact");
  item.remove.setAttribute("aria-label", `${item.remove.textContent}: ${contact.name}`);
  item.remove.addEventListener("click", async () => {
    if (await ask(say("removeAsk", contact.name), contact.address, item.remove.textContent)) {
      await change(parts, refresh, () => call("DELETE", `/contacts/${encodeURIComponent(contact.name)}`));
    }
  });
  return item;
}

async function save(parts, refresh) {
  const name = parts.name.value.trim();
  if (!name) {
    parts.error.textContent = say("nameMissing");
    parts.name.focus();
    return;
  }
  const body = JSON.stringify({ address: parts.address.value.trim(), note: parts.note.value.trim() });
  if (await change(parts, refresh, () => call("PUT", `/contacts/${encodeURIComponent(name)}`, body))) {
    parts.form.reset();
  }
}

async function change(parts, refresh, work) {
  parts.error.replaceChildren();
  try {
    await work();
    await refresh();
    announce(say("saved"));
    return true;
  } catch (failure) {
    explain(parts.error, failure);
    return false;
  }
}
