// The review: everything on one page, saved as it is changed, and sealed only once nothing is on its way.
import { byId, questions, whenSent } from "./score.js";

const submit = document.querySelector("form[data-save]");

for (const link of document.querySelectorAll("[data-when-sent]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    whenSent(() => location.assign(link.href));
  });
}

let sealing = false;
submit.addEventListener("submit", (event) => {
  if (sealing) return;
  event.preventDefault();
  const button = event.submitter;
  whenSent(() => {
    sealing = true;
    submit.elements.seen.value = questions.filter((question) => question.number).map((question) => `${question.item}:${question.known}`).join(" ");
    submit.requestSubmit(button);
    sealing = false;
  });
});

// How many are still open, as their own sentences say.
const count = document.getElementById("open-count");
const isOpen = (question) => [...question.form.querySelectorAll("[class*=gap-]")].some((sentence) => sentence.checkVisibility());
if (count) {
  for (const name of ["input", "click", "submit"]) {
    byId("score").addEventListener(name, () => { count.textContent = questions.filter(isOpen).length; });
  }
}
