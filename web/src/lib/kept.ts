// Text that somebody is typing, kept on the device until it is sent: a closed tab loses nothing.

export function readKept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Answers whether it is kept. */
export function keep(key: string, text: string): boolean {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
    return true;
  } catch {
    // Storage full or forbidden: the text is still in the field.
    return false;
  }
}
