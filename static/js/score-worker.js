// Opens the scoring page that was opened last when there is no connection. Online it never stands in for the server.
// These are those of shelf.js: a worker that every browser starts cannot import it.
const PAGES = "kit-pages";
const SHELL = "kit-shell";
const KEPT = 7 * 24 * 3_600_000;
const SCORING = /^\/interviews\/\d+\/score\/$/;
const STATIC = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/; // named by content, so a copy is never out of date

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (STATIC.test(pathname)) event.respondWith(part(request, pathname));
  else if (request.mode === "navigate" && SCORING.test(pathname)) event.respondWith(page(request, pathname));
});

async function part(request, pathname) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(pathname, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await shell.put(pathname, answer.clone());
  return answer;
}

async function page(request, pathname) {
  const pages = await caches.open(PAGES);
  let answer;
  try {
    answer = await fetch(request);
  } catch (offline) {
    const kept = await pages.match(pathname, { ignoreVary: true });
    if (kept && Date.parse(kept.headers.get("Date")) > Date.now() - KEPT) return kept;
    throw offline;
  }
  // One interview at a time; what has become somebody else's, or was closed, does not stay either.
  if (answer.status < 500) for (const old of await pages.keys()) await pages.delete(old);
  if (answer.ok) await pages.put(pathname, answer.clone());
  return answer;
}
