// Sending a file up, before a command names it.
import { ATTACHMENT_BYTES_MAX, type Attachment } from "../wire";
import { ApiError, api } from "./api";
import { sizeOf } from "./files";
import { files as words } from "./words.files";

export type Sending = {
  /** Bytes that the server has, of how many. */
  onprogress?: (sent: number, of: number) => void;
  /** Ends the sending; the promise then fails with an AbortError. */
  signal?: AbortSignal;
};

/** Why a file cannot be sent at all, in words; null when it can be tried. */
export function unfit(blob: Blob, name: string): string | null {
  if (blob.size === 0) return words.empty(name);
  return blob.size > ATTACHMENT_BYTES_MAX ? words.tooBig(name, sizeOf(blob.size), sizeOf(ATTACHMENT_BYTES_MAX)) : null;
}

/** Sends a file up; done when it is on the server's disk. Throws ApiError, whose words can be shown as they are. */
export async function upload(incident: string, blob: Blob, name: string, { onprogress, signal }: Sending = {}): Promise<Attachment> {
  const why = unfit(blob, name);
  if (why !== null) throw new ApiError(413, "too_large", why);
  onprogress?.(0, blob.size);
  const attachment = await api.attach(incident, blob, name, signal);
  onprogress?.(blob.size, blob.size);
  return attachment;
}
