// Where keys, webhooks and backups are found.
import { copy } from "./dom.js";

export async function administrationView() {
  return { root: copy("view-administration").root };
}
