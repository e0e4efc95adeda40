// The builder of a plan: dragging, keys that move, and news of what others changed. Buttons and forms do all of it too.

const board = () => document.querySelector("[data-board]");
const LOOK_EVERY = 20_000;
const still = matchMedia("(prefers-reduced-motion: reduce)");

function send(path, values, from) {
  const target = board();
  const seen = Object.fromEntries(new FormData(document.getElementById("moves")));
  return htmx.ajax("POST", path, { source: from, target, swap: "outerHTML show:none", values: { ...seen, ...values } });
}

// A part goes only among its like; a scored question only where its competency is measured, a section only where that
// has none yet.
function mayTake(list, from, part) {
  const kind = list.el.dataset.list;
  if (from.options.group.name !== kind) return false;
  if (kind === "item") return !part.dataset.only || part.dataset.only === list.el.dataset.competency;
  if (kind !== "section") return true;
  const twin = list.el.querySelector(`:scope > [data-competency="${part.dataset.competency}"]`);
  return !twin || twin === part;
}

function dropped({ item, from, to, oldIndex, newDraggableIndex }) {
  const number = newDraggableIndex + 1;
  if (item.dataset.add) {
    if (to === from) return;
    item.remove();
    send(item.dataset.add, { into: `section-${to.dataset.whole}`, number }, to);
    return;
  }
  if (to === from && item === from.children[oldIndex]) return;
  const handle = item.querySelector("a[href], button");
  handle?.focus({ preventScroll: true });
  const put = () => from.insertBefore(item, from.children[oldIndex + (to === from && [...from.children].indexOf(item) < oldIndex ? 1 : 0)] ?? null);
  item.addEventListener("htmx:sendError", put, { once: true });
  item.addEventListener("htmx:responseError", put, { once: true });
  send(item.dataset.move, { to: `${to.dataset.whole}:${number}` }, item);
}

function makeSortable(list) {
  const kind = list.dataset.list;
  const isFound = kind === "found";
  Sortable.create(list, {
    group: { name: isFound ? "item" : kind, pull: isFound ? "clone" : true, put: isFound ? false : mayTake },
    sort: !isFound,
    draggable: "[data-part]",
    handle: ".grip",
    animation: still.matches ? 0 : 120,
    delay: 150,
    delayOnTouchOnly: true,
    emptyInsertThreshold: 24,
    ghostClass: "part-ghost",
    onEnd: dropped,
  });
}

function prepare(root) {
  if (!board()) return;
  for (const list of [root, ...root.querySelectorAll("[data-list]")]) if (list.matches?.("[data-list]") && !Sortable.get(list)) makeSortable(list);
  root.querySelector?.("[data-focus] select")?.focus();
}

// Words that are typed but not looked for yet outlive a panel that comes while one types.
const words = () => document.querySelector("#plan-search [name=q]");
let typed = null;
document.addEventListener("htmx:beforeSwap", () => {
  const field = words();
  typed = field && field.value !== field.defaultValue ? field.value : null;
});
document.addEventListener("htmx:afterSwap", () => {
  const field = words();
  if (field && typed !== null && field.value !== typed) field.value = typed;
});

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document.body);

const isTyping = (node) => node.matches("input, select, textarea");

document.addEventListener("keydown", (event) => {
  if (!board() || event.defaultPrevented) return;
  const part = event.target.closest?.("[data-board] [data-part]");
  if (event.altKey && !event.ctrlKey && !event.metaKey && part && !event.target.matches("select, textarea")) {
    const to = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!to) return;
    event.preventDefault();
    send(part.dataset.move, { to }, part);
  } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z" && !isTyping(event.target)) {
    event.preventDefault();
    document.getElementById("undo")?.click();
  }
});

// Asked when the page is looked at again, and now and then while it is.
const look = () => {
  if (document.visibilityState === "visible") document.body.dispatchEvent(new CustomEvent("plan-look"));
};
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
setInterval(look, LOOK_EVERY);
