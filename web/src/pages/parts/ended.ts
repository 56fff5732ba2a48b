// Tells the sign-in page that a session ended under somebody's hands, so that it can say so.
import { ApiError } from "../../lib/api";

const KEY = "phongtruc.ended";

/** Passes the answer on; an ended session leaves a note for the sign-in page. */
export async function ended<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) sessionStorage.setItem(KEY, "1");
    throw error;
  }
}

/** Whether the note was left; reading takes it away. */
export function wasEnded(): boolean {
  const was = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  return was;
}
