// The review: everything on one page, saved as it is changed, and sealed only once nothing is on its way.
import { byId, flush, questions, unsent, whenSent } from "./score.js";

const submit = document.querySelector("form[data-save]");

for (const link of document.querySelectorAll("[data-when-sent]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    whenSent(() => location.assign(link.href));
  });
}

submit.addEventListener("submit", (event) => {
  flush();
  submit.elements.seen.value = [...new Set(questions.map((question) => `${question.item}:${question.row.known}`))].join(" ");
  if (!unsent()) return;
  event.preventDefault();
  const button = event.submitter;
  whenSent(() => submit.requestSubmit(button));
});

// How many are still open, as their own sentences say.
const count = document.getElementById("open-count");
const isOpen = (question) => [...question.form.querySelectorAll("[class*=gap-]")].some((sentence) => sentence.checkVisibility());
if (count) {
  for (const name of ["input", "click", "submit"]) {
    byId("score").addEventListener(name, () => { count.textContent = questions.filter(isOpen).length; });
  }
}
