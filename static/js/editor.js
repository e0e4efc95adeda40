// The editor of a question: each line of a list in a box of its own, anchors that change places, and saves in their order.
const form = document.querySelector("form.editor");
const said = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

function button(mark, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "line-button";
  made.textContent = mark;
  made.setAttribute("aria-label", name);
  made.title = name;
  made.addEventListener("click", act);
  return made;
}

// ---- Lists of one entry a line ----
// The text area stays the field that is sent; the boxes write into it.
function intoLines(area) {
  const list = document.createElement("div");
  const label = form.querySelector(`label[for="${area.id}"]`);
  list.className = "lines";
  list.id = area.id;
  list.tabIndex = -1;
  list.setAttribute("role", "group");
  if (label) {
    label.id = `${area.id}_label`;
    label.removeAttribute("for");
    list.setAttribute("aria-labelledby", label.id);
  }
  const described = area.getAttribute("aria-describedby");
  if (described) list.setAttribute("aria-describedby", described);
  area.removeAttribute("id");
  area.hidden = true;

  const boxes = () => [...list.querySelectorAll("textarea")];
  function write() {
    area.value = boxes().map((box) => box.value.trim()).filter(Boolean).join("\n");
    boxes().forEach((box, place) => box.setAttribute("aria-label", `${form.dataset.line} ${place + 1}`));
  }
  function changed() {
    write();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function move(line, by) {
    const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other?.matches(".line")) return;
    other[by < 0 ? "before" : "after"](line);
    changed();
  }
  function remove(line) {
    const near = line.previousElementSibling ?? line.nextElementSibling;
    if (boxes().length === 1) line.querySelector("textarea").value = "";
    else line.remove();
    changed();
    (near?.matches(".line") ? near : list).querySelector("textarea").focus();
  }
  function add(text, after) {
    const line = document.createElement("div");
    const box = document.createElement("textarea");
    line.className = "line";
    box.className = "form-control";
    box.rows = 1;
    box.value = text;
    box.addEventListener("input", () => {
      const [first, ...more] = box.value.split(/\r?\n/);
      if (more.length) {
        box.value = first;
        let last = line;
        for (const each of more) last = add(each, last);
        last.querySelector("textarea").focus();
      }
      write();
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
        event.preventDefault();
        move(line, event.key === "ArrowUp" ? -1 : 1);
        box.focus();
      } else if (event.key === "Backspace" && !box.value && boxes().length > 1) {
        event.preventDefault();
        remove(line);
      }
    });
    const step = (by) => (event) => {
      move(line, by);
      event.currentTarget.focus();
    };
    line.append(box, button("↑", form.dataset.up, step(-1)), button("↓", form.dataset.down, step(1)), button("×", form.dataset.remove, () => remove(line)));
    if (after) after.after(line);
    else list.append(line);
    return line;
  }
  const lines = said(area.value);
  for (const text of lines.length ? lines : [""]) add(text);
  const more = button("+", form.dataset.add, () => {
    add("", boxes().at(-1)?.closest(".line")).querySelector("textarea").focus();
    write();
  });
  more.className = "btn btn-quiet btn-small";
  more.textContent = form.dataset.add;
  more.removeAttribute("title");
  list.append(more);
  write();
  area.after(list);
}

// ---- Anchors: two levels change places ----
function swaps(areas) {
  areas.forEach((area, place) => {
    const swap = (by) => {
      const other = areas[place + by];
      if (!other) return;
      [area.value, other.value] = [other.value, area.value];
      other.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    area.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      swap(event.key === "ArrowUp" ? -1 : 1);
    });
    const tools = document.createElement("span");
    tools.className = "line-tools";
    if (place > 0) tools.append(button("↑", form.dataset.up, () => swap(-1)));
    if (place < areas.length - 1) tools.append(button("↓", form.dataset.down, () => swap(1)));
    form.querySelector(`label[for="${area.id}"]`)?.after(tools);
  });
}

// ---- A press on a button waits for the save on its way, so that it sets out from what that one saved ----
let under = 0;
let waiting = null;
form.addEventListener("htmx:beforeRequest", () => { under += 1; });
form.addEventListener("htmx:afterRequest", () => {
  under -= 1;
  if (under || !waiting) return;
  const press = waiting;
  waiting = null;
  setTimeout(() => form.requestSubmit(press), 30);
});
form.addEventListener("submit", (event) => {
  if (!under) return;
  event.preventDefault();
  waiting = event.submitter;
});

form.querySelectorAll("textarea[data-lines]").forEach(intoLines);
swaps([...form.querySelectorAll("textarea[data-swaps]")]);
