// Saving, for the scoring page and the review: every change goes out as it is made, and one line says how things stand.
import { Question } from "./score-question.js";
import { SaveQueue } from "./score-queue.js";

const DEBOUNCE = 600;

export const byId = (id) => document.getElementById(id);
export const say = (id, name, values = {}) => (byId(id).dataset[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key]);

// Every form whose fields are saved as they are filled in: one for each question, and those of the card itself.
export const questions = [...document.querySelectorAll(".score-item, form[data-save]")].map((form) => new Question(form));
export const questionOf = (node) => questions.find((question) => question.form.contains(node));

// ---- Saving ----

const drafts = new Map(); // `${item} ${part}` → what was typed and not yet handed to the queue
let savedAt = "";
let waiting = null; // what is to be done once nothing is unsent

const queue = new SaveQueue({ settled, changed: showState });

export function edited(question, part, { soon = false } = {}) {
  const key = `${question.item} ${part}`;
  clearTimeout(drafts.get(key)?.timer);
  const hand = () => {
    drafts.delete(key);
    // While two values wait for a choice, what is typed waits with them in its field.
    if (question.conflicts(part)) return holdMine(question, part);
    question.calm(part);
    queue.put(question, part, question.read(part));
  };
  drafts.set(key, { hand, timer: soon ? undefined : setTimeout(hand, DEBOUNCE) });
  question.mark();
  if (soon) hand();
  else showState();
}

export const flush = () => [...drafts.values()].forEach((draft) => { clearTimeout(draft.timer); draft.hand(); });

function settled(edit, status, body) {
  const { target: question, part } = edit;
  if (status === 200) {
    question.calm(part);
    question.learn(part, body.version);
    savedAt = body.saved_at;
  } else if (status === 409) {
    queue.drop(question, part);
    askWhich(question, part, body);
  } else {
    const notice = document.createElement("p");
    notice.className = "notice notice-error";
    notice.textContent = body.message ?? say("saving", status === 404 ? "gone" : "failed");
    question.trouble(part, notice);
  }
}

function holdMine(question, part) {
  question.troubles.get(part).notice.querySelector("[data-mine]").textContent = question.describe(part, question.read(part));
  showState();
}

function askWhich(question, part, body) {
  const notice = byId("conflict").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-theirs]").textContent = question.describe(part, body.theirs);
  const choose = () => {
    question.calm(part);
    question.learn(part, body.version, { seen: true });
  };
  notice.querySelector("[data-keep]").addEventListener("click", () => { choose(); edited(question, part, { soon: true }); });
  notice.querySelector("[data-take]").addEventListener("click", () => { choose(); question.write(part, body.theirs); showState(); });
  question.trouble(part, notice, { conflict: true });
  holdMine(question, part);
}

const troubled = (conflict) => questions.find((question) => [...question.troubles.values()].some((trouble) => trouble.conflict === conflict));
export const unsent = () => queue.edits.length > 0 || drafts.size > 0 || Boolean(troubled(true) ?? troubled(false));

// The one line that says how things stand. It says "Saved" only when nothing waits.
function stateText() {
  const count = queue.edits.length + drafts.size;
  if (queue.trouble === "signed-out") return say("saving", "signedOut");
  if (queue.trouble) return say("saving", count === 1 ? "unreached" : "unreachedMany", { count });
  if (troubled(true)) return say("saving", "conflict", { place: troubled(true).place });
  if (troubled(false)) return say("saving", "refused", { place: troubled(false).place });
  if (count) return say("saving", "saving");
  if (!savedAt) return say("saving", "ready");
  return say("saving", "saved", { time: new Date(savedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) });
}

function showState() {
  const text = stateText();
  const line = byId("saving-text");
  // Written only when it changes, so that it is read out once.
  if (line.textContent !== text) line.textContent = text;
  byId("sign-in").hidden = queue.trouble !== "signed-out";
  byId("saving").classList.toggle("state-mark", Boolean(queue.trouble || troubled(true) || troubled(false)));
  if (waiting && !unsent()) whenSent(waiting);
}

byId("score").addEventListener("input", (event) => {
  const part = Question.part(event.target.name);
  if (part) edited(questionOf(event.target), part, { soon: event.target.matches("[type=radio], [type=checkbox]") });
});
byId("score").addEventListener("focusout", flush);
// The browser brings only the caret into sight; the note is written in as a whole.
byId("score").addEventListener("focusin", (event) => { if (event.target.matches("textarea")) event.target.scrollIntoView({ block: "nearest" }); });
byId("score").addEventListener("submit", (event) => {
  if (!event.target.matches(".score-item")) return;
  event.preventDefault();
  flush();
});
byId("score").addEventListener("click", (event) => {
  if (!event.target.matches("[data-reason]")) return;
  const question = questionOf(event.target);
  question.excuse(event.target.textContent.trim());
  edited(question, "outcome", { soon: true });
});
for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => queue.wake());
document.addEventListener("visibilitychange", () => (document.hidden ? flush() : queue.wake()));
addEventListener("beforeunload", (event) => { flush(); if (unsent()) event.preventDefault(); });

// Where one goes from here shows what the server has, so it waits for what is on its way.
export function whenSent(act) {
  flush();
  waiting = unsent() ? act : null;
  if (!waiting) act();
}

export function stay() {
  waiting = null;
}

// Everything that is still open, in one action. Pressed again it takes back what it marked and nobody has changed since.
const timeUp = document.getElementById("time-up");
let marked = [];
timeUp?.addEventListener("submit", (event) => {
  event.preventDefault();
  const undo = marked.filter((question) => question.isExcused(timeUp.dataset.reason));
  marked = undo.length ? [] : questions.filter((question) => question.isPending());
  for (const question of undo) question.write("outcome", { outcome: "pending", level: null, reason: "" });
  for (const question of marked) question.excuse(timeUp.dataset.reason);
  for (const question of undo.length ? undo : marked) edited(question, "outcome", { soon: true });
  timeUp.querySelector("button").textContent = marked.length ? timeUp.dataset.back : timeUp.dataset.up;
});

showState();
