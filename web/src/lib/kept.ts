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

/**
 * Follows what another tab of this browser keeps under the same key: one draft, shown in both. A tab that shows other
 * words than that one had goes on with its own.
 */
export function followKept(key: string, mine: () => string, take: (text: string) => void): () => void {
  const heard = ({ key: changed, oldValue, newValue }: StorageEvent) => {
    if (changed === key && (oldValue ?? "") === mine()) take(newValue ?? "");
  };
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
}
