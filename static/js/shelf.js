// What lies on this device: edits that the server has not answered, the last known answers of the open interview, words
// of a review that is not submitted, and copies of one scoring page and its styles. Every row names its person. All of it
// goes at sign-out, and what is older than seven days at the next visit.

const KEPT = 7 * 24 * 3_600_000;
const STORES = {
  edits: { keyPath: "key", autoIncrement: true },
  answers: { keyPath: ["person", "interview", "item", "part"] },
  words: { keyPath: ["person", "interview"] },
};
export const PAGES = "kit-pages";
export const SHELL = "kit-shell";

// Without a secure context there is no lock that tells two windows apart, and no page that opens offline.
export const isProtected = () => isSecureContext && "locks" in navigator && "serviceWorker" in navigator;

const outcome = (request, event = "success") => new Promise((resolve, reject) => {
  request.addEventListener(event, () => resolve(request.result));
  for (const bad of ["error", "abort", "blocked"]) request.addEventListener(bad, () => reject(request.error ?? new Error(bad)));
});

const like = (values) => (row) => Object.entries(values).every(([name, value]) => row[name] === value);

export class Shelf {
  // null where nothing can be kept.
  static async open() {
    if (!isProtected()) return null;
    try {
      const request = indexedDB.open("kit", 1);
      request.addEventListener("upgradeneeded", () => {
        for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
      });
      return new Shelf(await outcome(request));
    } catch {
      return null;
    }
  }

  constructor(database) {
    this.database = database;
  }

  // Resolves once what `work` writes is on the disk itself, not merely handed to the system.
  async write(names, work) {
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    const committed = outcome(transaction, "complete");
    const request = work(...names.map((name) => transaction.objectStore(name)));
    await committed;
    return request?.result;
  }

  // The rows of a store, oldest first, that hold these values.
  async rows(name, values = {}) {
    return (await outcome(this.database.transaction(name).objectStore(name).getAll())).filter(like(values));
  }

  async remove(name, doomed) {
    const { keyPath } = STORES[name];
    const keyOf = (row) => (Array.isArray(keyPath) ? keyPath.map((part) => row[part]) : row[keyPath]);
    const rows = (await this.rows(name)).filter(doomed);
    if (rows.length) await this.write([name], (store) => rows.forEach((row) => store.delete(keyOf(row))));
  }

  // What this person has written here and the server does not have.
  async unsent(person) {
    return [...(await this.rows("edits", { person })), ...(await this.rows("words", { person }))];
  }

  async discard(row) {
    await this.remove("key" in row ? "edits" : "words", like("key" in row ? { key: row.key } : { person: row.person, interview: row.interview }));
  }

  async sweep() {
    const before = Date.now() - KEPT;
    for (const name of Object.keys(STORES)) await this.remove(name, (row) => row.at < before);
    const pages = await caches.open(PAGES);
    for (const page of await pages.keys()) {
      const kept = await pages.match(page); // another window may have swept it away meanwhile
      if (kept && Date.parse(kept.headers.get("Date")) < before) await pages.delete(page);
    }
  }

  async clear() {
    await this.write(Object.keys(STORES), (...stores) => stores.forEach((store) => store.clear()));
    await forgetPages();
    await caches.delete(SHELL);
  }
}

export const forgetPages = async () => { if (isProtected()) await caches.delete(PAGES); };

// ---- Pages ----

// Lets the scoring page open without a connection: its worker, and what must lie here before the worker's first day.
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

// ---- Signing out takes along what lies here, and waits while something of it is not sent ----

async function signOut(form) {
  const shelf = await Shelf.open();
  if (shelf && (await shelf.unsent(document.body.dataset.person)).length) return location.assign(form.dataset.signOut);
  await shelf?.clear();
  form.submit();
}

export function guardSignOut() {
  // Who is signed out, or was, leaves no copy of a page to the next one.
  if (!document.body.dataset.person) forgetPages();
  // What is too old goes at the next visit, whichever page that is.
  Shelf.open().then((shelf) => shelf?.sweep());
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    event.preventDefault();
    signOut(event.target);
  });
}
