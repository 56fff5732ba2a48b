// Copying text. navigator.clipboard exists only on https, and a duty room often runs on plain http in the office.

export const copyText = (text: string): Promise<boolean> => copyBoth(text, null);

/** Copies text, and beside it the same as HTML: whatever is pasted into takes the one that it understands. */
export async function copyBoth(plain: string, html: string | null): Promise<boolean> {
  try {
    if (navigator.clipboard && html !== null) {
      const blob = (type: string, text: string) => new Blob([text], { type });
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob("text/plain", plain), "text/html": blob("text/html", html) })]);
      return true;
    }
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(plain);
      return true;
    }
  } catch {
    // Not allowed: the old way may be.
  }
  return copyOldWay(plain, html);
}

function copyOldWay(plain: string, html: string | null): boolean {
  const field = document.createElement("textarea");
  field.value = plain;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const put = (event: ClipboardEvent) => {
    if (html === null || !event.clipboardData) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    event.clipboardData.setData("text/html", html);
  };
  // Inside an open dialog, or the browser will not focus it.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  document.addEventListener("copy", put);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put);
  field.remove();
  return done;
}
