// The review: everything on one page, saved as it is changed, and sealed only once nothing is on its way.
import { post } from "./courier.js";
import { byId, outbox, questions, stay, whenSent } from "./score.js";

const submit = document.querySelector("form[data-save]");

for (const link of document.querySelectorAll("[data-when-sent]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    whenSent(() => location.assign(link.href));
  });
}

// Sent like an answer, and tried again until the server has answered: the page stays, and a second try counts once.
let sealing = false;
submit.addEventListener("submit", (event) => {
  event.preventDefault();
  whenSent(async () => {
    if (sealing) return;
    sealing = true;
    submit.elements.seen.value = [...new Set(questions.map((question) => `${question.item}:${question.row.known}`))].join(" ");
    submit.elements.sent.value = await outbox.sent();
    const send = async () => ((await outbox.isElsewhere()) ? { trouble: "elsewhere" } : post(submit.action, new FormData(submit), outbox.owner));
    const answer = await outbox.deliver(send, () => sealing);
    sealing = false;
    if (answer.status === 200) {
      await outbox.forget();
      location.assign(answer.body.page);
    } else if (answer.status) {
      submit.submit(); // the page that says what is wrong
    }
  });
  byId("submit-waits").hidden = !outbox.trouble;
});

// Whoever writes on has not finished.
submit.parentElement.addEventListener("input", () => {
  sealing = false;
  stay();
  byId("submit-waits").hidden = true;
});

// How many are still open, as their own sentences say.
const count = document.getElementById("open-count");
const isOpen = (question) => [...question.form.querySelectorAll("[class*=gap-]")].some((sentence) => sentence.checkVisibility());
if (count) {
  for (const name of ["input", "click", "submit"]) {
    byId("score").addEventListener(name, () => { count.textContent = questions.filter(isOpen).length; });
  }
}
