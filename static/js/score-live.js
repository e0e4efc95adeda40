// The scoring page: one question at a time, keys, clocks, the overview and the candidate's window.
import { byId, edited, flush, questionOf, questions, say, stay, whenSent } from "./score.js";

const CLOCK_STEP = 10_000; // Coarse on purpose: nothing on this page should catch the eye.
const HOUR = 3_600_000;
const GLANCE = 400; // What was chosen is seen before the page moves on.

const numbered = questions.filter((question) => question.number).length;
let current = questions.findIndex((question) => question.form.classList.contains("now"));
let moving; // the timer of a page that moves on by itself

// ---- One question at a time ----

function show(index, { focus = true } = {}) {
  if (!questions[index]) return;
  flush();
  stay();
  leaveOverview();
  clearTimeout(moving);
  countTime();
  current = index;
  questions.forEach((question, place) => {
    question.form.classList.toggle("now", place === index);
    question.link.toggleAttribute("aria-current", place === index);
    if (place === index) question.link.setAttribute("aria-current", "true");
  });
  byId("place").textContent = questions[index].number ? say("place", "place", { number: index + 1, total: numbered }) : say("place", "last");
  byId("back").disabled = index === 0;
  byId("next").disabled = index === questions.length - 1;
  history.replaceState(null, "", `#${questions[index].form.id}`);
  drawClocks();
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
  const item = questions[current].number ? questions[current].item : "";
  const shown = { item, prompt: byId("show-prompt").checked ? "1" : "" };
  byId("show").search = new URLSearchParams(shown);
  windowChannel.postMessage(shown);
}

byId("review").addEventListener("click", (event) => {
  event.preventDefault();
  const { href } = event.currentTarget;
  whenSent(() => location.assign(href));
});

// ---- Overview: the list of all questions, one key away at every width ----

const overview = () => document.body.classList.contains("overview");

function leaveOverview() {
  document.body.classList.remove("overview");
  byId("place").setAttribute("aria-expanded", "false");
}

function toggleOverview() {
  const open = document.body.classList.toggle("overview");
  byId("place").setAttribute("aria-expanded", String(open));
  scrollTo(0, 0);
  if (open) questions[current].link.focus({ preventScroll: true });
  else questions[current].form.querySelector("h1").focus({ preventScroll: true });
}

byId("place").addEventListener("click", toggleOverview);

// ---- Keys ----

const stored = (action) => { try { return action(localStorage); } catch { return null; } };

// A choice that this browser remembers. → whether it is taken
function choice(id, name) {
  const box = byId(id);
  box.checked = stored((storage) => storage.getItem(name)) === "on";
  box.addEventListener("change", () => stored((storage) => storage.setItem(name, box.checked ? "on" : "off")));
  return () => box.checked;
}

const keysOff = choice("keys-off", "kit.keys-off");
const movesOn = choice("move-on", "kit.move-on");
byId("open-keys").addEventListener("click", () => byId("keys").showModal());

const typesHere = (node) => node.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");

function give(answer) {
  const question = questions[current];
  if (!question?.choose(answer)) return false;
  edited(question, "outcome", { soon: true });
  moveOn(answer);
  return true;
}

function moveOn(answer) {
  clearTimeout(moving);
  if (movesOn() && /^[1-5]$/.test(answer) && questions[current + 1]) moving = setTimeout(() => show(current + 1), GLANCE);
}

// Somebody who points at a level has chosen it; somebody who goes through them with the arrows may be on the way.
let pointed = false;
addEventListener("pointerdown", () => { pointed = true; startClock(); }, true);
addEventListener("keydown", () => { pointed = false; }, true);
byId("score").addEventListener("change", (event) => { if (pointed && event.target.name === "answer") moveOn(event.target.value); });

function tick(name) {
  const box = questions[current]?.form.querySelector(`[name=${name}][type=checkbox]`);
  if (!box) return false;
  box.checked = !box.checked;
  edited(questions[current], "probes", { soon: true });
  return true;
}

const KEYS = {
  n: () => show(current + 1),
  p: () => show(current - 1),
  o: toggleOverview,
  h: () => tick("hint"),
  x: () => give("not_asked"),
  e: () => give("no_evidence"),
  d: () => give("declined"),
  "?": () => byId("keys").showModal(),
  ...Object.fromEntries([..."12345"].map((level) => [level, () => give(level)])),
};

// Alt with a digit scores from inside a field. Where that types a plain character, as some keyboards do, it types.
function levelWithAlt(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.getModifierState("AltGraph")) return null;
  const level = /^Digit([1-5])$/.exec(event.code)?.[1];
  return level && (event.key === level || event.key === "Dead" || event.key.charCodeAt(0) > 127) ? level : null;
}

document.addEventListener("keydown", (event) => {
  startClock();
  if (event.isComposing || byId("keys").open) return;
  const typing = typesHere(event.target);
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else if (overview()) toggleOverview();
    return;
  }
  const level = levelWithAlt(event);
  const single = !(event.ctrlKey || event.metaKey || event.altKey || keysOff() || typing);
  if (level ? give(level) : single && Object.hasOwn(KEYS, event.key) && KEYS[event.key]() !== false) event.preventDefault();
});

// ---- Clocks: the stage's from the appointed time where that is near, else from the first key; a question's while it is shown ----

const appointed = Date.parse(byId("clock").dataset.starts);
let begun = Math.abs(Date.now() - appointed) < HOUR ? appointed : null;
let shownSince = Date.now();
const spent = new Map(); // item → milliseconds, of earlier times that it was shown

function startClock() {
  if (begun !== null) return;
  begun = shownSince = Date.now();
}

const minutes = (milliseconds) => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

// To the question that is shown, the time since it was last counted.
function countTime() {
  const now = Date.now();
  const item = questions[current]?.item;
  if (begun !== null && begun <= now) spent.set(item, (spent.get(item) ?? 0) + now - Math.max(shownSince, begun));
  shownSince = now;
}

function drawClocks() {
  countTime();
  byId("clock").firstElementChild.textContent = minutes(begun === null ? 0 : Date.now() - begun);
  const clock = questions[current]?.form.querySelector("[data-clock]");
  if (clock) clock.textContent = minutes(spent.get(questions[current].item) ?? 0);
}

setInterval(drawClocks, CLOCK_STEP);
const linked = questions.findIndex((question) => `#${question.form.id}` === location.hash);
show(linked < 0 ? Math.max(current, 0) : linked, { focus: false });
drawClocks();
