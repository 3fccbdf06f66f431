// What a payment is, as a list of names and values.
import { copy, fillList, setShort, setText, setWhole } from "./dom.js";
import { nameOf } from "./network.js";

/** Fills a list with facts, each a name and what fills the element of its value. */
export function fillFacts(list, facts) {
  fillList(list, facts, (fact) => fact[0], () => copy("item-fact"), (item, [name, fill]) => {
    setText(item.name, name);
    fill(item.value);
  });
}

export function fillAddress(element, address) {
  if (element.dataset.shown === address) {
    return;
  }
  element.dataset.shown = address;
  const code = document.createElement("code");
  code.className = "whole";
  setWhole(code, address);
  const name = nameOf(address);
  if (name) {
    const strong = document.createElement("strong");
    strong.textContent = name;
    element.replaceChildren(strong, " ", code);
  } else {
    element.replaceChildren(code);
  }
}

export function fillCode(element, text) {
  if (element.textContent !== text) {
    const code = document.createElement("code");
    code.textContent = text;
    element.replaceChildren(code);
  }
}

export function fillBlock(element, mined) {
  const code = document.createElement("code");
  setShort(code, mined.block);
  element.replaceChildren(`${Number(mined.height).toLocaleString("en")} `, code);
}
