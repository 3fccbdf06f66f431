// Keeps the overview fresh: asks for its live part every second while the page is looked at, and leaves the reader's
// focus and scrolling where they were. Without this script the page is whole, and a reload does the same.
(() => {
  const live = document.getElementById("live");
  const everyMillis = 1000;

  async function refresh() {
    if (document.visibilityState !== "visible" || live.contains(document.activeElement)) {
      return;
    }
    const answer = await fetch(live.dataset.source, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
      return;
    }
    const html = await answer.text();
    const scrolled = live.querySelector(".tree")?.scrollLeft;
    live.innerHTML = html;
    const tree = live.querySelector(".tree");
    if (tree && scrolled !== undefined) {
      tree.scrollLeft = scrolled;
    }
  }

  async function keepFresh() {
    try {
      await refresh();
    } catch {
      // The explorer may be restarting; the next second asks again.
    }
    setTimeout(keepFresh, everyMillis);
  }

  setTimeout(keepFresh, everyMillis);
})();
