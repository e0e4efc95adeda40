// Lists what waits in this browser for the person who is signed in, and lets them copy or discard it.
import { Shelf } from "./shelf.js";

const byId = (id) => document.getElementById(id);
const { person } = document.body.dataset;
const shelf = await Shelf.open();
await shelf?.sweep();

const wordsOf = ({ fields }) => Object.values(fields).flat().filter((value) => value !== "" && value !== null && value !== false).join(" · ");
// An edit's own address stands below that of its page.
const pageOf = (row) => row.page ?? row.url.replace(/\d+\/$/, "");

async function list() {
  const rows = shelf ? await shelf.unsent(person) : [];
  byId("waits").replaceChildren(...rows.map(entry));
  byId("waits").hidden = !rows.length;
  byId("nothing-waits").hidden = rows.length > 0;
  byId("unsent").hidden = !rows.length;
}

function entry(row, place) {
  const item = byId("wait").content.firstElementChild.cloneNode(true);
  item.querySelector("[data-open]").href = pageOf(row);
  const words = item.querySelector("[data-words]");
  words.id = `words-${place}`;
  words.textContent = wordsOf(row);
  item.querySelector("[data-copy]").dataset.copy = `#${words.id}`;
  item.querySelector("[data-discard]").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    // Twice, because nothing brings it back.
    if (button.textContent !== button.dataset.sure) button.textContent = button.dataset.sure;
    else await shelf.discard(row).then(list);
  });
  return item;
}

await list();
addEventListener("focus", list);
