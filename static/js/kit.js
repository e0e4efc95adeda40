// Small comforts for every page. Nothing here is needed for a page to work.
import { reachScrollers } from "./scrollers.js";
import { guardSignOut } from "./shelf.js";

const root = document.documentElement;
const status = () => document.getElementById("status");

function say(text, { trouble = false, stays = trouble } = {}) {
  const line = status();
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute("data-trouble", trouble);
  if (!stays) setTimeout(() => { if (line.textContent === text) line.textContent = ""; }, 6000);
}

// Theme: no choice stored means the system's.
function storedTheme() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system";
  }
}

function showTheme(choice) {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

function chooseTheme(choice) {
  try {
    if (choice === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Without storage the choice lasts for this page.
  }
  if (choice === "system") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = choice;
  showTheme(choice);
}

// One box that ticks, or clears, every box of a form: there only for those in whose browser it works.
function offerTicking() {
  for (const label of document.querySelectorAll("[data-ticks][hidden]")) {
    const form = document.getElementById(label.dataset.ticks);
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (event) => {
      for (const box of form.elements) if (box.name && box.type === "checkbox") box.checked = event.target.checked;
    });
  }
}

async function copy(button) {
  // data-copy holds the text itself, or "#id" of the field or element that shows it.
  const source = button.dataset.copy.startsWith("#") && document.querySelector(button.dataset.copy);
  const text = source ? (source.value ?? source.textContent.trim()) : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    say(status()?.dataset.copied ?? "");
  } catch {
    // Plain http has no clipboard: select the text instead, so that one key copies it.
    if (source?.select) source.select();
    else if (source) getSelection().selectAllChildren(source);
  }
}

document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

// A form[data-once] is sent once. The buttons go still a moment after the event,
// since a button disabled during it would drop out of the data that is sent.
const submitters = (form) => [...form.elements].filter((field) => field.type === "submit");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Where it may take long, it is said that the work goes on.
  if (form.dataset.working) say(form.dataset.working, { stays: true });
  setTimeout(() => submitters(form).forEach((button) => { button.disabled = true; }));
});

function release(form) {
  delete form.dataset.sent;
  if (form.dataset.working) say("");
  submitters(form).forEach((button) => { button.disabled = false; });
}

// The back button may bring a page out of the browser's cache with its buttons still off.
addEventListener("pageshow", () => document.querySelectorAll("form[data-once][data-sent]").forEach(release));

function focusFirstInvalid(scope) {
  const field = scope.querySelector("[aria-invalid=true], .is-invalid");
  const alert = scope.querySelector(".alert-danger");
  if (field) field.focus();
  else if (alert) {
    alert.tabIndex = -1;
    alert.focus();
  }
}

// What had the focus may be swapped away. It then goes to the first thing of the nearest part with an id that is still
// there, else to what was swapped in: never back to the top of the page.
let held = [];
document.addEventListener("htmx:beforeSwap", () => {
  held = [];
  for (let node = document.activeElement; node && node !== document.body; node = node.parentElement) if (node.id) held.push(node.id);
});

const inSight = (node) => !node.disabled && node.getClientRects().length > 0;

function keepFocus(target) {
  if (!held.length || document.activeElement !== document.body) return;
  const part = held.map((id) => document.getElementById(id)).find((node) => node && node !== target && target.contains(node));
  let next = part && [part, ...part.querySelectorAll("*")].find((node) => node.matches("a[href], button, input, select, textarea, summary") && inSight(node));
  if (!next) {
    next = target;
    next.tabIndex = -1;
  }
  next.focus({ preventScroll: true });
}

// A live region that is swapped in with its words is not read out; one that stood there before is.
function tell(target) {
  const told = target.matches("[data-told]") ? target : target.querySelector("[data-told]");
  if (told) document.getElementById("told").textContent = told.dataset.told || told.textContent.trim().replace(/\s+/g, " ");
}

document.addEventListener("htmx:afterSettle", (event) => {
  reachScrollers();
  offerTicking();
  keepFocus(event.target);
  tell(event.target);
  // Someone who is typing notes keeps the cursor, whatever the server thinks of another field.
  if (event.target.closest("[data-keep-focus]")) return;
  if (event.detail.xhr?.status === 422) focusFirstInvalid(event.target);
});

function notReached(event) {
  const refused = event.detail.xhr?.status >= 400 && event.detail.xhr.status < 500;
  say(status()?.dataset[refused ? "refused" : "unreached"] ?? "", { trouble: true });
}
for (const name of ["sendError", "timeout", "responseError"]) document.addEventListener(`htmx:${name}`, notReached);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && status()?.hasAttribute("data-trouble")) say("");
});

guardSignOut();
showTheme(storedTheme());
reachScrollers();
offerTicking();
focusFirstInvalid(document);
