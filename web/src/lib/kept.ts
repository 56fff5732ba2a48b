// Text that somebody is typing, kept on the device until it is sent: a closed tab loses nothing.

export function readKept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function keep(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // Storage full or forbidden: the text is still in the field.
  }
}
