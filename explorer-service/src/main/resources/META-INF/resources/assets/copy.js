// A button behind each hash that people copy. Browsers allow it on this machine and over https only.
export function offerCopies() {
  if (!navigator.clipboard) {
    return;
  }
  const { copy, copied } = document.body.dataset;
  for (const code of document.querySelectorAll("code[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.dataset.keep = "";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 1500);
    });
    code.after(button);
  }
}
