// Files in the browser: names, sizes in words, and taking what is pasted or dropped.

/** A size in words: `820 KB`, `3,4 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} byte`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} KB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0).replace(".", ",")} MB`;
}

/** The first digits of a digest: enough to compare by eye. */
export const shortHash = (digest: string) => digest.slice(0, 12);

/** What a file is, for its icon and its word. */
export type FileKind = "photo" | "document" | "film" | "text" | "other";
export function kindOf(media: string): FileKind {
  if (/^image\/(png|jpeg|webp)$/.test(media)) return "photo";
  if (media === "application/pdf") return "document";
  if (media.startsWith("video/")) return "film";
  return media.startsWith("text/plain") ? "text" : "other";
}

/** Takes the files that are pasted into or dropped on an element: `{@attach taking(onfiles)}`. Text stays text. */
export function taking(onfiles: (files: File[]) => void): (element: HTMLElement) => () => void {
  const take = (event: Event, from: DataTransfer | null) => {
    const files = [...(from?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    onfiles(files);
  };
  const paste = (event: ClipboardEvent) => {
    // A word processor puts a picture of the words beside the words: then the words are meant.
    if (!event.clipboardData?.types.includes("text/plain")) take(event, event.clipboardData);
  };
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  const drop = (event: DragEvent) => take(event, event.dataTransfer);
  return (element) => {
    element.addEventListener("paste", paste);
    element.addEventListener("dragover", over);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("paste", paste);
      element.removeEventListener("dragover", over);
      element.removeEventListener("drop", drop);
    };
  };
}
