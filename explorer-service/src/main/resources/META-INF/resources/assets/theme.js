// Switches the colours at once. Without it the buttons do the same over the server, which keeps the same cookie.
const year = 365 * 24 * 3600;

function choose(theme, form) {
  document.cookie = `rensa-theme=${theme}; path=/; max-age=${year}; samesite=lax`;
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  document.dispatchEvent(new Event("recoloured"));
}

export function offerThemes() {
  const form = document.querySelector(".themes");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(event.submitter.value, form);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.dispatchEvent(new Event("recoloured"));
  });
}

/** The value of a colour token of theme.css, as the page shows it now. */
export function colour(token) {
  const probe = document.createElement("i");
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Whether the reader asked for less motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
