// Turns one element into another and keeps what both have: focus, scrolling and motion stay. Elements are known by their
// id or data-key; what bears data-keep belongs to a script and is left alone.

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || null : null;
}

function isOurs(node) {
  return !(node.nodeType === Node.ELEMENT_NODE && "keep" in node.dataset);
}

function ours(node) {
  while (node && !isOurs(node)) {
    node = node.nextSibling;
  }
  return node;
}

function copyAttributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
  for (const { name } of [...from.attributes]) {
    // Whether details are open is the reader's choice.
    if (!to.hasAttribute(name) && name !== "open") {
      from.removeAttribute(name);
    }
  }
}

function add(parent, wanted, before) {
  const added = document.importNode(wanted, true);
  if (keyOf(added)) {
    added.classList.add("fresh");
  }
  parent.insertBefore(added, before);
}

function alike(one, other) {
  return one && !keyOf(one) && one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

export function morph(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) {
      from.nodeValue = to.nodeValue;
    }
    return;
  }
  copyAttributes(from, to);
  const known = new Map([...from.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = ours(from.firstChild);
  for (const wanted of [...to.childNodes].filter(isOurs)) {
    const same = known.get(keyOf(wanted));
    if (same) {
      if (same === at) {
        at = ours(at.nextSibling);
      } else {
        from.insertBefore(same, at);
      }
      morph(same, wanted);
    } else if (!keyOf(wanted) && alike(at, wanted)) {
      const current = at;
      at = ours(at.nextSibling);
      morph(current, wanted);
    } else {
      add(from, wanted, at);
    }
  }
  while (at) {
    const gone = at;
    at = ours(at.nextSibling);
    gone.remove();
  }
}
