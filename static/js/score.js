// Saving, for the scoring page and the review: every change goes out as it is made, and one line says how things stand.
import { signInAgain } from "./courier.js";
import { Outbox } from "./outbox.js";
import { Question } from "./score-question.js";
import { keepOpenable } from "./shelf.js";

export const byId = (id) => document.getElementById(id);
export const say = (id, name, values = {}) => (byId(id).dataset[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key]);

// Every form whose fields are saved as they are filled in: one for each question, and those of the card itself.
export const questions = [...document.querySelectorAll(".score-item, form[data-save]")].map((form) => new Question(form));
export const questionOf = (node) => questions.find((question) => question.form.contains(node));

const questionFor = ({ item, part }) => questions.find((question) => question.item === item && question.has(part));

// ---- Saving ----

const { person } = document.body.dataset;
const { interview, worker } = byId("score").dataset;
let savedAt = "";
let waiting = null; // what is to be done once nothing is unsent

export const outbox = new Outbox({ person, interview }, { settled, restored, changed: showState });

export function edited(question, part, options) {
  const fields = question.read(part);
  // While two values wait for a choice, what is typed waits with them in its field.
  if (question.conflicts(part)) question.tell(part, "mine", fields);
  else question.calm(part);
  question.mark();
  outbox.put(question, part, fields, options);
}

export const flush = () => outbox.flush();

// An answer that this device has and the page, which may be an older copy, may not. Without a version it is not sent yet.
function restored(row) {
  const question = questionFor(row);
  if (row.saved_at > savedAt) savedAt = row.saved_at;
  if (!question || row.version <= question.seen[row.part]) return;
  question.write(row.part, row.fields);
  if (row.version) question.learn(row.part, row.version, { seen: true });
}

function settled(edit, status, body) {
  const question = questionFor(edit);
  if (status === 200) savedAt = body.saved_at;
  if (!question) return;
  const { part } = edit;
  if (status === 200) {
    if (!question.conflicts(part)) question.calm(part);
    question.learn(part, body.version);
  } else if (status === 409) {
    askWhich(question, edit, body);
  } else {
    const notice = document.createElement("p");
    notice.className = "notice notice-error";
    notice.textContent = body.message ?? say("saving", status === 404 ? "gone" : "failed");
    question.trouble(part, notice);
  }
}

function askWhich(question, { part, fields }, body) {
  const notice = byId("conflict").content.firstElementChild.cloneNode(true);
  question.trouble(part, notice, { conflict: true });
  question.tell(part, "theirs", body.theirs);
  question.tell(part, "mine", fields);
  const choose = (mine) => {
    question.calm(part);
    question.learn(part, body.version, { seen: true });
    question.write(part, outbox.choose(question, part, { mine }));
  };
  notice.querySelector("[data-keep]").addEventListener("click", () => choose(true));
  notice.querySelector("[data-take]").addEventListener("click", () => choose(false));
}

// The first edit that waits for a person: "conflict" or "refused".
const stuck = (why) => outbox.edits.find((edit) => edit[why]);

// The one line that says how things stand. It says "Saved" only when nothing waits.
function stateText() {
  const count = outbox.waiting;
  if (!count && outbox.trouble) return say("saving", { "signed-out": "signedOutSubmit", elsewhere: "otherWindow" }[outbox.trouble] ?? "notSubmitted");
  if (count && outbox.trouble) {
    // Nothing is called kept before it lies on the disk.
    if (outbox.shelf && !outbox.isKept) return say("saving", "saving");
    const name = outbox.trouble === "signed-out" ? "signedOut" : `${outbox.trouble}${outbox.isKept ? "" : "Here"}`;
    return say("saving", count === 1 ? name : `${name}Many`, { count });
  }
  for (const why of ["conflict", "refused"]) {
    if (stuck(why)) return say("saving", why, { place: questionFor(stuck(why))?.place ?? say("saving", "elsewhere") });
  }
  if (count) return say("saving", "saving");
  if (!savedAt) return say("saving", navigator.onLine || !outbox.shelf ? "ready" : "readyOffline");
  return say("saving", "saved", { time: new Date(savedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) });
}

function showState() {
  // Before it is known what lies here, nothing is said of it.
  if (!outbox.isOpen && !outbox.waiting) return;
  const text = stateText();
  const line = byId("saving-text");
  // Written only when it changes, so that it is read out once.
  if (line.textContent !== text) line.textContent = text;
  byId("sign-in").hidden = outbox.trouble !== "signed-out";
  byId("saving").classList.toggle("state-mark", Boolean(outbox.trouble) || Boolean(stuck("conflict") ?? stuck("refused")));
  if (waiting && !unsent()) whenSent(waiting);
}

export const unsent = () => outbox.waiting > 0;

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
for (const name of ["online", "offline"]) addEventListener(name, showState);
for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => outbox.wake());
document.addEventListener("visibilitychange", () => (document.hidden ? flush() : outbox.wake()));
addEventListener("beforeunload", (event) => { flush(); if (unsent()) event.preventDefault(); });

byId("sign-in").addEventListener("click", () => signInAgain(byId("sign-in-again"), { person, done: () => outbox.wake() }));

// Where one goes from here shows what the server has, so it waits for what is on its way.
export function whenSent(act) {
  waiting = null; // leaving flushes once more
  flush();
  if (unsent()) waiting = act;
  else act();
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

outbox.ready.then(showState);
keepOpenable(worker).then((isProtected) => { byId("unprotected").hidden = isProtected; });
