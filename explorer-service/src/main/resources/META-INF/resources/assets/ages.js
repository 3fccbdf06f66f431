// "12s ago" grows with time; the server wrote what it was when the page was made.
const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const everyMillis = 1000;

const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "narrow", numeric: "always" });

function age(millis) {
  const seconds = Math.max(0, Math.floor((Date.now() - millis) / 1000));
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? units.at(-1);
  return words.format(-Math.floor(seconds / length), unit);
}

function write() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const text = age(Date.parse(time.dateTime));
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
}

export function keepAges() {
  write();
  setInterval(write, everyMillis);
  document.addEventListener("refreshed", write);
}
