// What every page does: stays fresh, lets ages grow, switches colours, copies hashes. Without it the page is whole.
import { keepAges } from "./ages.js";
import { offerCopies } from "./copy.js";
import { keepFresh } from "./fresh.js";
import { offerThemes } from "./theme.js";

offerThemes();
offerCopies();
keepAges();
keepFresh();

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.querySelector(".search input")?.focus();
  }
});
