// The service worker: the page itself opens without a network. It keeps the program and no data: never /api, never a
// socket. Files are named after their content, so a kept one is never an old one; the one page that names them is asked
// of the server first, so that an update is taken as soon as it is reached. It also shows the messages that a push
// service brings.
/// <reference lib="webworker" />

const sw = self as unknown as ServiceWorkerGlobalScope;

/** Written in by the build: what a room needs, and a digest of the whole program. */
const SHELL: readonly string[] = JSON.parse("__SHELL__") as string[];
const VERSION = "__VERSION__";

const PAGE = "/";
const ours = "phongtruc-shell-";
const NAME = ours + VERSION;
/** This program's files, and those of the one before: a tab that still runs it may ask for more of them. */
const GENERATIONS = 2;
/** A network that does not bring the page within this is as good as none, ms. */
const PATIENCE_MS = 4_000;

sw.addEventListener("install", (event) => {
  const take = async () => {
    const cache = await caches.open(NAME);
    // The page last: it is there only with all that it names. What the browser has already is not fetched again.
    for (const path of [...SHELL, PAGE]) await cache.add(path);
    await sw.skipWaiting();
  };
  event.waitUntil(take());
});

sw.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(ours));
    // Oldest first, as they were made.
    const stale = names.filter((name) => name !== NAME).slice(0, -(GENERATIONS - 1));
    await Promise.all(stale.map((name) => caches.delete(name)));
    await sw.clients.claim();
  };
  event.waitUntil(tidy());
});

sw.addEventListener("message", (event) => {
  // What the page loaded before this worker was there: fonts, above all.
  const { loaded } = event.data as { loaded?: string[] };
  const take = async () => {
    for (const path of loaded ?? []) if (isFile(new URL(path, sw.location.origin))) await file(new Request(path)).catch(() => {});
  };
  event.waitUntil(take());
});

/** As `src/notice/letter.rs` writes it. */
type Message = { title: string; body: string; path: string; tag: string; urgent: boolean };

sw.addEventListener("push", (event) => {
  const { title, body, path, tag, urgent } = event.data?.json() as Message;
  // One note per incident, the newest; it makes itself heard again all the same.
  const note: NotificationOptions & { renotify: boolean } = { body, tag, renotify: true, requireInteraction: urgent, icon: "/icon.svg", lang: "vi", data: path };
  event.waitUntil(sw.registration.showNotification(title, note));
});

sw.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(String(event.notification.data), sw.location.origin);
  const open = async () => {
    const windows = await sw.clients.matchAll({ type: "window" });
    const there = windows.find((one) => new URL(one.url).pathname === address.pathname);
    await (there ? there.focus() : sw.clients.openWindow(address.href));
  };
  if (address.origin === sw.location.origin) event.waitUntil(open());
});

sw.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== sw.location.origin || url.pathname.startsWith("/api/")) return;
  if (isFile(url)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

const isFile = (url: URL): boolean => url.origin === sw.location.origin && url.pathname.startsWith("/assets/");

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}

async function page(event: FetchEvent): Promise<Response> {
  const kept = await caches.match(PAGE, { cacheName: NAME });
  const fresh = fetch(event.request);
  if (!kept) return fresh;
  // Its own files may not all be here yet; the next worker brings them with the page.
  event.waitUntil(fresh.then(() => sw.registration.update()).catch(() => {}));
  const patience = new Promise<null>((done) => setTimeout(() => done(null), PATIENCE_MS));
  const answer = await Promise.race([fresh, patience]).catch(() => null);
  // A proxy's word that the server is away is no page.
  return answer && answer.status < 500 ? answer : kept;
}
