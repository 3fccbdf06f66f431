// Light or dark, as the reader or the system has it; kept in a cookie, which lets the server write the next page so.
const YEAR_SECONDS = 365 * 24 * 3600;

export function offerThemes(group) {
  group.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) {
      choose(group, chosen.value);
    }
  });
}

function choose(group, theme) {
  document.cookie = `rensa-theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
