// The scoring page: one question at a time, every change saved as it is made, keys, clock and the candidate's window.
import { keepOpenable } from "./offline.js";
import { Outbox } from "./outbox.js";
import { Question } from "./score-question.js";
import { signInAgain } from "./sign-in-again.js";

const CLOCK_STEP = 10_000; // Coarse on purpose: nothing on this page should catch the eye.
const HOUR = 3_600_000;

const byId = (id) => document.getElementById(id);
const say = (id, name, values = {}) => (byId(id).dataset[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key]);

const questions = [...document.querySelectorAll(".score-item")].map((form, index) => new Question(form, index));
const questionOf = (node) => questions.find((question) => question.form.contains(node));
let current = questions.findIndex((question) => question.form.classList.contains("now"));

// ---- Saving ----

const page = byId("score").dataset;
let savedAt = "";
let leaving = "";

const outbox = new Outbox({ person: document.body.dataset.person, interview: page.interview }, { settled, restored, changed: showState });

function edited(question, part, options) {
  const fields = question.read(part);
  if (question.conflicts(part)) question.tell(part, "mine", fields);
  else question.calm(part);
  question.mark();
  outbox.put(question, part, fields, options);
}

// What this device knows and the page, which may be an older copy, does not.
function restored({ item, part, fields, version, saved_at: at }) {
  const question = questions.find((each) => each.item === item);
  if (!question || version <= question.version) return keepTime(at);
  question.write(part, fields);
  if (version) question.seen[part] = version;
  keepTime(at);
}

function keepTime(at = "") {
  if (at > savedAt) savedAt = at;
}

function settled({ item, part }, status, body) {
  const question = questions.find((each) => each.item === item);
  if (!question) return;
  if (status === 200) {
    if (!question.conflicts(part)) question.calm(part);
    question.seen[part] = body.version;
    keepTime(body.saved_at);
  } else if (status === 409) {
    askWhich(question, part, body);
  } else {
    const notice = document.createElement("p");
    notice.className = "notice notice-error";
    notice.textContent = body.message ?? say("saving", status === 404 ? "gone" : "failed");
    question.trouble(part, notice);
  }
}

function askWhich(question, part, body) {
  const notice = byId("conflict").content.firstElementChild.cloneNode(true);
  question.trouble(part, notice, { conflict: true });
  question.tell(part, "theirs", body.theirs);
  question.tell(part, "mine", question.read(part));
  const choose = (mine) => {
    question.calm(part);
    if (!mine) question.write(part, body.theirs);
    outbox.choose(question, part, mine && question.read(part));
  };
  notice.querySelector("[data-keep]").addEventListener("click", () => choose(true));
  notice.querySelector("[data-take]").addEventListener("click", () => choose(false));
}

const troubled = (conflict) => questions.find((question) => [...question.troubles.values()].some((trouble) => trouble.conflict === conflict));

// The one line that says how things stand. It says "Saved" only when nothing waits.
function stateText() {
  const count = outbox.waiting;
  if (count && outbox.trouble) {
    // Nothing is called kept before it lies on the disk.
    if (outbox.shelf && !outbox.isKept) return say("saving", "saving");
    const where = outbox.trouble === "signed-out" ? "signedOut" : `${outbox.trouble}${outbox.isKept ? "" : "Here"}`;
    return say("saving", count === 1 ? where : `${where}Many`, { count });
  }
  if (troubled(true)) return say("saving", "conflict", { number: troubled(true).number });
  if (troubled(false)) return say("saving", "refused", { number: troubled(false).number });
  if (count) return say("saving", "saving");
  if (!savedAt) return say("saving", "ready");
  return say("saving", "saved", { time: new Date(savedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) });
}

function showState() {
  const text = stateText();
  const line = byId("saving-text");
  // Written only when it changes, so that it is read out once.
  if (line.textContent !== text) line.textContent = text;
  byId("sign-in").hidden = !(outbox.waiting && outbox.trouble === "signed-out");
  byId("saving").classList.toggle("state-mark", Boolean((outbox.waiting && outbox.trouble) || troubled(true) || troubled(false)));
  if (leaving && !outbox.waiting) {
    location.assign(leaving);
    leaving = "";
  }
}

byId("score").addEventListener("input", (event) => {
  const part = Question.part(event.target.name);
  if (part) edited(questionOf(event.target), part, { soon: event.target.matches("[type=radio], [type=checkbox]") });
});
byId("score").addEventListener("focusout", () => outbox.flush());
// The browser brings only the caret into sight; the note is written in as a whole.
byId("score").addEventListener("focusin", (event) => { if (event.target.matches("textarea")) event.target.scrollIntoView({ block: "nearest" }); });
byId("score").addEventListener("submit", (event) => { event.preventDefault(); outbox.flush(); });
byId("score").addEventListener("click", (event) => {
  if (!event.target.matches("[data-reason]")) return;
  const question = questionOf(event.target);
  question.field("reason").value = event.target.textContent;
  edited(question, "outcome", { soon: true });
});
for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => outbox.wake());
document.addEventListener("visibilitychange", () => (document.hidden ? outbox.flush() : outbox.wake()));
addEventListener("beforeunload", (event) => { outbox.flush(); if (outbox.waiting) event.preventDefault(); });
byId("sign-in").addEventListener("click", () => signInAgain(byId("sign-in-again"), { person: document.body.dataset.person, done: () => outbox.wake() }));

byId("review").addEventListener("click", (event) => {
  outbox.flush();
  if (!outbox.waiting) return;
  // The review shows what the server has, so it waits for what is on its way.
  event.preventDefault();
  leaving = event.currentTarget.href;
});

// ---- One question at a time ----

function show(index, { focus = true } = {}) {
  if (!questions[index]) return;
  outbox.flush();
  leaving = "";
  current = index;
  questions.forEach((question, place) => {
    question.form.classList.toggle("now", place === index);
    question.link.toggleAttribute("aria-current", place === index);
    if (place === index) question.link.setAttribute("aria-current", "true");
  });
  byId("place").textContent = say("place", "place", { number: index + 1, total: questions.length });
  byId("back").disabled = index === 0;
  byId("next").disabled = index === questions.length - 1;
  history.replaceState(null, "", `#${questions[index].form.id}`);
  questions[index].link.scrollIntoView({ block: "nearest", inline: "nearest" });
  scrollTo(0, 0);
  if (focus) questions[index].form.querySelector("h1").focus({ preventScroll: true });
  tellWindow();
}

byId("back").addEventListener("click", () => show(current - 1));
byId("next").addEventListener("click", () => show(current + 1));
document.querySelector(".score-nav").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  show(questions.findIndex((question) => question.link === link));
});
addEventListener("hashchange", () => show(questions.findIndex((question) => `#${question.form.id}` === location.hash)));

// ---- The candidate's window ----

const windowChannel = new BroadcastChannel(`kit-show-${byId("score").dataset.interview}`);
windowChannel.addEventListener("message", (event) => { if (event.data.hello) tellWindow(); });
byId("show-prompt").addEventListener("change", tellWindow);

function tellWindow() {
  if (!questions[current]) return;
  const shown = { item: questions[current].item, prompt: byId("show-prompt").checked ? "1" : "" };
  byId("show").search = new URLSearchParams(shown);
  windowChannel.postMessage(shown);
}

// ---- Keys ----

const stored = (action) => { try { return action(localStorage); } catch { return null; } };
const keysOff = byId("keys-off");
keysOff.checked = stored((storage) => storage.getItem("kit.keys")) === "off";
keysOff.addEventListener("change", () => stored((storage) => storage.setItem("kit.keys", keysOff.checked ? "off" : "on")));
byId("open-keys").addEventListener("click", () => byId("keys").showModal());

const typesHere = (node) => node.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  startClock();
  if (event.key === "Escape" && typesHere(event.target)) event.target.blur();
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (modified || keysOff.checked || byId("keys").open || typesHere(event.target)) return;
  if (event.key === "n") show(current + 1);
  else if (event.key === "p") show(current - 1);
  else if (event.key === "?") byId("keys").showModal();
  else if (/^[1-5]$/.test(event.key) && questions[current]?.choose(event.key)) edited(questions[current], "outcome", { soon: true });
  else return;
  event.preventDefault();
});

// ---- Clock: from the appointed time where that is near, else from the first key ----

const appointed = Date.parse(byId("clock").dataset.starts);
let begun = Math.abs(Date.now() - appointed) < HOUR ? appointed : null;

function startClock() {
  begun ??= Date.now();
}

function tick() {
  const seconds = begun ? Math.max(0, Math.floor((Date.now() - begun) / 1000)) : 0;
  byId("clock").firstElementChild.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

setInterval(tick, CLOCK_STEP);
tick();
const linked = questions.findIndex((question) => `#${question.form.id}` === location.hash);
show(linked < 0 ? Math.max(current, 0) : linked, { focus: false });
showState();
byId("unprotected").hidden = await keepOpenable(byId("score").dataset.worker);
