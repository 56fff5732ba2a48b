// Fetches an export and hands it to the browser as a file. Unlike a plain link it can say why it failed.
import { ApiError } from "../../lib/api";
import type { Problem } from "../../wire";
import { words } from "./words";

export type Format = "html" | "pdf" | "csv" | "json";

async function fetched(href: string): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(href, { credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new ApiError(0, "offline", words.offline);
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => null)) as Problem | null;
    throw new ApiError(answer.status, problem?.code ?? "", problem?.words ?? words.unexpected);
  }
  return answer;
}

/** The document's text. */
export async function readExport(href: string): Promise<string> {
  return (await fetched(href)).text();
}

/** The name under which it was saved. */
export async function download(href: string, fallback: string): Promise<string> {
  const answer = await fetched(href);
  const name = nameIn(answer.headers.get("content-disposition")) ?? fallback;
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin to read only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

/** The file's name as the server gives it (RFC 6266). */
function nameIn(disposition: string | null): string | null {
  const extended = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (extended) return decodeURIComponent(extended);
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? null;
}
