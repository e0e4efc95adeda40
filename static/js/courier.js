// One request to the house, told apart by what more tries would change. Scripts that must not lose words send with it.
import { forgetPages } from "./shelf.js";

const TIMEOUT = 15_000;
const LONGEST_WAIT = 30_000;
// Answers that more tries would not change. Everything else is weather: a proxy, a restart, a captive portal.
const FINAL = new Set([200, 400, 403, 404, 409, 413, 422]);

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

// {status, body} of a final answer, or {trouble} that time ("offline", "unwell") or signing in ("signed-out") will mend.
export async function post(url, body, { person, type }) {
  try {
    const response = await fetch(url, {
      method: "POST",
      // Signing in again changes the token, so it is read anew each time. Somebody else who has signed in is told 401.
      headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken"), "X-Person": person, ...(type && { "Content-Type": type }) },
      body,
      // Followed, a way to the sign-in page would come back as a 200.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const json = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.type === "opaqueredirect" || response.status === 401 || (response.status === 403 && !json)) return { trouble: "signed-out" };
    if (!FINAL.has(response.status) || (response.status === 200 && !json)) return { trouble: "unwell" };
    return { status: response.status, body: json ? await response.json() : {} };
  } catch {
    return { trouble: "offline" };
  }
}

// Twice as long each time, and never at the same moment as everybody else after an outage.
export const patience = (tries) => Math.min(1000 * 2 ** tries, LONGEST_WAIT) * (0.5 + Math.random() / 2);

// A pause that somebody may cut short.
export class Pause {
  start(milliseconds) {
    return new Promise((resolve) => {
      this.end = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  end() {}
}

// Not randomUUID, which plain http does not have.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte, place) => ([4, 6, 8, 10].includes(place) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

// Signing in again without leaving the page: the house's own sign-in page, part by part, in a dialog.
export function signInAgain(dialog, { person, done }) {
  const place = dialog.querySelector("[data-place]");
  const { url, next, other, unreached } = dialog.dataset;

  async function ask(address, options) {
    try {
      const answer = await fetch(address, options);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      place.replaceChildren(unreached);
    }
  }

  function show(page) {
    const who = page.body.dataset.person;
    if (who === person) {
      dialog.close();
      done();
    } else if (who) {
      forgetPages();
      place.replaceChildren(other);
    } else {
      const forms = [...page.querySelectorAll("main form")];
      for (const form of forms) form.removeAttribute("data-once");
      place.replaceChildren(...(forms.length ? forms : page.querySelectorAll("main h1, main p")));
      place.querySelector("[aria-invalid=true], input:not([type=hidden]), button")?.focus();
    }
  }

  place.onsubmit = (event) => {
    event.preventDefault();
    ask(event.target.getAttribute("action") || url, { method: "POST", body: new FormData(event.target, event.submitter) });
  };
  place.replaceChildren();
  dialog.showModal();
  ask(`${url}?${new URLSearchParams({ next })}`);
}
