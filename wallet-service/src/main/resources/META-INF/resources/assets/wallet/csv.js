// Comma-separated text as RFC 4180 has it: quotes around what holds commas, quotes or line ends; a quote twice for itself.

/** The rows of a text, each a list of cells without white space around them; empty lines are left out. */
export function rowsOf(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0]) {
      rows.push(row);
    }
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') {
        cell += sign;
      } else if (text[at + 1] === '"') {
        cell += sign;
        at++;
      } else {
        quoted = false;
      }
    } else if (sign === '"' && !cell.trim()) {
      cell = "";
      quoted = true;
    } else if (sign === ",") {
      endCell();
    } else if (sign === "\n") {
      endRow();
    } else {
      cell += sign;
    }
  }
  endRow();
  return rows;
}
