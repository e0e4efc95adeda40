// Signing out takes along what lies on this device, and waits while something there is not sent.
import { forgetPages, Shelf } from "./shelf.js";

const { person } = document.body.dataset;

async function signOut(form) {
  const shelf = await Shelf.open();
  if (shelf && (await shelf.unsent(person)).length) return location.assign(form.dataset.signOut);
  await shelf?.clear();
  form.submit();
}

export function guardSignOut() {
  // Who is signed out, or was, leaves no copy of a page to the next one.
  if (!person) forgetPages();
  // What is too old goes at the next visit, whichever page that is.
  Shelf.open().then((shelf) => shelf?.sweep());
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    event.preventDefault();
    signOut(event.target);
  });
}
