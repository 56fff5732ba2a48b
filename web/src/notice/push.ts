// This browser's subscription to messages (W3C Push API), and the id under which the server knows it.
import type { PushKeys } from "../wire";
import { newId } from "../lib/id";

const KEPT = "phongtruc.device";

/** Why this browser cannot be told; null when it can. */
export function hindrance(): "unsupported" | "blocked" | null {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return "unsupported";
  return Notification.permission === "denied" ? "blocked" : null;
}

/** The id of this browser, when it was turned on here. */
export const thisDevice = (): string | null => localStorage.getItem(KEPT);

/** Asks the person, then the browser's push service. Throws what the browser says when it refuses. */
export async function subscribe(key: string): Promise<{ device: string; keys: PushKeys }> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  // A subscription under another key is another server's, or this one's from before its key was made anew.
  await before?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const device = newId();
  localStorage.setItem(KEPT, device);
  return { device, keys: { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" } };
}

/** Ends this browser's subscription. */
export async function unsubscribe(): Promise<void> {
  localStorage.removeItem(KEPT);
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** What a person calls this browser: its maker and its machine, as far as it says so. */
export function nameOfBrowser(agent: string = navigator.userAgent): string {
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "Trình duyệt";
  const machine = /Android/.test(agent) ? "điện thoại Android" : /iPhone|iPad/.test(agent) ? "iPhone, iPad" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "Mac" : "Linux";
  return `${browser} trên ${machine}`;
}
