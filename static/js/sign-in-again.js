// Signing in again without leaving the page: the house's own sign-in page, part by part, in a dialog.
import { forgetPages } from "./shelf.js";

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
