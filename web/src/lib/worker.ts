// Lets the browser keep the program itself, so that the page opens without a network. Where there are no service workers
// (plain http in an office network) the page works as before and needs the network to open.

async function begin(): Promise<void> {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ loaded: loaded.filter((name) => new URL(name).pathname.startsWith("/assets/")) });
}

// After the page has what it needs itself: a slow network is not shared with what may come later.
if (import.meta.env.PROD && "serviceWorker" in navigator) addEventListener("load", () => void begin().catch(() => {}));
