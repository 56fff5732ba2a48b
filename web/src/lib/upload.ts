// Sending a file up, before a command names it: in pieces, each on the server's disk before the next one goes, and on
// from there after a cut, a reload of the page, a restart of the server. The digest of the file says which one it is.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Attachment, FILE_LIMITS, PIECE_BYTES_MAX, type Upload } from "../wire";
import { ApiError, api } from "./api";
import { sizeOf } from "./files";
import { files as words } from "./words.files";

/** What is going on: the file is being read for its digest, is on its way, or waits for the network. */
export type Phase = "reading" | "sending" | "waiting";

export type Sending = {
  /** Bytes that the server has, of how many. */
  onprogress?: (sent: number, of: number) => void;
  onphase?: (phase: Phase) => void;
  /** Ends the sending; the promise then fails with the signal's reason. What was sent waits on the server, unless the
   * reason is CALLED_OFF. */
  signal?: AbortSignal;
};

/** The reason for ending that says: nobody will come back for it. */
export const CALLED_OFF = new DOMException("called off", "AbortError");

/** The first piece, bytes: sixteen seconds at 64 kbit/s. */
const FIRST_BYTES = 128 * 1024;
const LEAST_BYTES = 32 * 1024;
/** A piece that took less is followed by one twice as large, ms. */
const QUICK_MS = 2_000;
/** A piece that takes longer is given up, and what came of it counts, ms. */
const PIECE_MS_MAX = 60_000;
/** The longest pause between two tries, ms; the network's return ends it. */
const REST_MS_MAX = 30_000;
/** Answers in a row that the server did not get further; more is no bad luck. */
const STUCK_MAX = 8;
/** Read at once for the digest. */
const READ_BYTES = 1024 * 1024;

/** Why a file cannot be sent at all, in words; null when it can be tried. The server judges by what is in it. */
export function unfit(blob: Blob, name: string): string | null {
  if (blob.size === 0) return words.empty(name);
  const limits: Record<string, { bytes_max: number }> = FILE_LIMITS;
  const kind = blob.type === "application/pdf" || !blob.type.startsWith("application") ? (blob.type.split("/")[0] ?? "") : "";
  const most = limits[kind]?.bytes_max ?? Math.max(...Object.values(limits).map((limit) => limit.bytes_max));
  return blob.size > most ? words.tooBig(name, sizeOf(blob.size), sizeOf(most)) : null;
}

/** Sends a file up; done when it is on the server's disk. Without a network it waits, and goes on by itself. Throws
 * ApiError, whose words can be shown as they are. */
export async function upload(incident: string, blob: Blob, name: string, { onprogress, onphase, signal }: Sending = {}): Promise<Attachment> {
  const why = unfit(blob, name);
  if (why !== null) throw new ApiError(413, "too_large", why);
  signal?.throwIfAborted();
  onprogress?.(0, blob.size);
  onphase?.("reading");
  const digest = await digestOf(blob, name, signal);
  const forget = () => {
    if (signal?.reason === CALLED_OFF) void api.forgetUpload(incident, digest, blob.size).catch(() => {});
  };
  signal?.addEventListener("abort", forget);
  try {
    return await sent(incident, blob, { digest, size: blob.size, name }, { onprogress, onphase, signal });
  } finally {
    signal?.removeEventListener("abort", forget);
  }
}

type File = { digest: string; size: number; name: string };
type Told = { [K in keyof Sending]: Sending[K] | undefined };

async function sent(incident: string, blob: Blob, file: File, { onprogress, onphase, signal }: Told): Promise<Attachment> {
  let there: Upload | null = null;
  let bytes = FIRST_BYTES;
  let tries = 0;
  let stuck = 0;
  for (;;) {
    const attempt = limited(signal);
    try {
      onphase?.("sending");
      const from: number | null = there?.offset ?? null;
      const began = performance.now();
      if (from === null) there = await api.beginUpload(incident, file, attempt.signal);
      else {
        there = await api.uploadPiece(incident, file, from, blob.slice(from, from + bytes), attempt.signal);
        if (performance.now() - began < QUICK_MS) bytes = Math.min(2 * bytes, PIECE_BYTES_MAX);
        if (there.offset > from) stuck = 0;
        else if (!there.attachment) stuck += 1;
      }
      tries = 0;
      onprogress?.(there.offset, file.size);
      if (there.attachment) return there.attachment;
      // Another window sends the same file: each gets its turn.
      if (stuck > 0) await rest(stuck, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const again = error instanceof ApiError ? passes(error) : attempt.signal.aborted;
      if (!again || stuck >= STUCK_MAX) throw error;
      // The server was there, and says that it is elsewhere than we thought.
      if (error instanceof ApiError && error.status >= 409 && error.status < 500) stuck += 1;
      there = null;
      bytes = Math.max(LEAST_BYTES, bytes / 2);
      tries += 1;
      if (stuck === 0) onphase?.("waiting");
      await rest(stuck > 0 ? stuck : tries, signal);
    } finally {
      attempt.over();
    }
  }
}

/** Whether it will pass: no network, a server that is being started, or one that is elsewhere in the file. */
function passes({ status, code }: ApiError): boolean {
  return [0, 408, 502, 503, 504].includes(status) || code === "upload_offset" || code === "upload_gone";
}

/** A signal that ends with the other one, and when a piece takes too long: a dead network keeps silent. */
function limited(signal: AbortSignal | undefined): { signal: AbortSignal; over: () => void } {
  const stop = new AbortController();
  const ended = () => stop.abort(signal?.reason);
  const timer = setTimeout(() => stop.abort(), PIECE_MS_MAX);
  signal?.addEventListener("abort", ended);
  if (signal?.aborted) ended();
  return {
    signal: stop.signal,
    over: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", ended);
    },
  };
}

/** Waits a while, longer each time; less when the network comes back. */
function rest(tries: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      signal?.removeEventListener("abort", over);
      if (signal?.aborted) fail(signal.reason);
      else done();
    };
    const timer = setTimeout(over, Math.min(REST_MS_MAX, 500 * 2 ** Math.min(tries, 10)) * (0.75 + Math.random() / 4));
    addEventListener("online", over);
    signal?.addEventListener("abort", over);
  });
}

const known = new WeakMap<Blob, string>();

/** SHA-256 of a file, read piece by piece. crypto.subtle wants all of it at once, and https. */
async function digestOf(blob: Blob, name: string, signal: AbortSignal | undefined): Promise<string> {
  const before = known.get(blob);
  if (before !== undefined) return before;
  const hash = sha256.create();
  try {
    for (let from = 0; from < blob.size; from += READ_BYTES) {
      hash.update(new Uint8Array(await blob.slice(from, from + READ_BYTES).arrayBuffer()));
      signal?.throwIfAborted();
    }
  } catch {
    signal?.throwIfAborted();
    // Changed or moved since it was chosen; some browsers say so only now.
    throw new ApiError(0, "unreadable_file", words.unreadable(name));
  }
  const digest = bytesToHex(hash.digest());
  known.set(blob, digest);
  return digest;
}
