// Lets the scoring page open without a connection: its worker, and what must lie here before the worker's first day.
import { isProtected, PAGES, SHELL } from "./shelf.js";

// Whether the page is protected against a lost connection.
export async function keepOpenable(worker) {
  if (!isProtected()) return false;
  try {
    await navigator.serviceWorker.register(worker);
    if (!navigator.serviceWorker.controller && location.pathname.endsWith("/score/")) await keepThisPage();
    return true;
  } catch {
    return false;
  }
}

// A page that was there before its worker is asked for once more; its styles and scripts come out of the browser's cache.
// The page last: where it lies, it opens whole.
async function keepThisPage() {
  const used = performance.getEntriesByType("resource").map((entry) => entry.name);
  await (await caches.open(SHELL)).addAll(used.filter((url) => new URL(url).pathname.startsWith("/static/")));
  const answer = await fetch(location.pathname, { redirect: "error" });
  const pages = await caches.open(PAGES);
  for (const page of await pages.keys()) await pages.delete(page);
  if (answer.ok) await pages.put(location.pathname, answer);
}
