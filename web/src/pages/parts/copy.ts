// Copying, also on plain http in an office network, where browsers hide navigator.clipboard.

/** Copies `text`; `field` shows the same text and is selected when only the old way works. */
export async function copied(text: string, field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}
