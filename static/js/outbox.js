// Edits on their way to the server. Each lies on this device's disk before its first try, one is in flight at a time, and
// it is tried again for ever; it leaves only when the server has answered it.
//
// An edit may be amended until it is sealed: then it has an operation and a sequence, and is repeated word for word, so
// that the server knows it again. Each window is a client of its own and holds a lock of that name; what a window leaves
// that is gone, another window of the same interview takes over.
import { newId, patience, Pause, post } from "./courier.js";
import { forgetPages, Shelf } from "./shelf.js";

const DEBOUNCE = 600;
const FAREWELL = 1500; // how long a window that is loaded again waits for its old self to let go
const SLOW = 5000;
const ROW = ["key", "person", "interview", "item", "part", "url", "fields", "expected", "holder", "operation", "client", "sequence", "at", "lost"];

const of = (item, part) => (edit) => edit.item === item && edit.part === part && !edit.lost;
// Not sealed yet: newer words take its place.
const open = (item, part) => (edit) => of(item, part)(edit) && !edit.operation;

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Resolves once the name is this window's, which it stays for as long as the window lives.
const hold = (client) => new Promise((resolve) => {
  const forever = new Promise(() => {});
  // It is refused only to a page that is just going away.
  navigator.locks.request(`kit-client-${client}`, () => { resolve(); return forever; }).catch(() => {});
});

export class Outbox {
  // `owner`: {person, interview}. `settled(edit, status, body)` hears each final answer, `changed()` each change of what
  // waits and why, `restored(row)` each answer that this device may know better than the page.
  constructor(owner, { settled, changed, restored }) {
    Object.assign(this, { owner, settled, changed, restored, client: newId(), edits: [], trouble: "", running: false });
    this.known = new Set([this.client]); // windows whose leavings are taken care of
    this.touched = new Set(); // "item part" written in this window
    this.sequences = new Map(); // by question: the last that this window gave
    this.arrived = new Map(); // by question and client: the last that the server has answered
    this.pause = new Pause();
    // A storage that does not open must not keep anything from being sent.
    this.unlocked = Promise.race([this.unlock(), after(SLOW)]);
    this.ready = Promise.race([this.open(), after(SLOW)]).then(() => { this.isOpen = true; });
  }

  // From here on what is written in this window can be kept, whatever else there is to be read.
  async unlock() {
    const shelf = await Shelf.open();
    if (shelf) await hold(this.client);
    this.shelf = shelf;
  }

  async open() {
    await this.unlocked;
    if (!this.shelf) return;
    await this.shelf.sweep();
    // Of other interviews nothing stays here but what the server does not have.
    await this.shelf.remove("answers", (row) => row.interview !== this.owner.interview || row.person !== this.owner.person);
    await Promise.race([this.adopt(), after(FAREWELL)]);
    // Read last: an edit of a window that was just going has by now either been taken over or become an answer.
    const known = (row) => this.isTouched(row) || this.edits.some(of(row.item, row.part));
    for (const row of await this.shelf.rows("answers", this.owner)) if (!known(row)) this.restored(row);
    this.run();
  }

  // What was written in this window is newer than anything that lies here.
  isTouched({ item, part }) {
    return this.touched.has(`${item} ${part}`);
  }

  // Take over what other windows leave, now or whenever they are gone.
  async adopt() {
    const rows = await this.shelf.rows("edits", this.owner);
    const strangers = [...new Set(rows.map((row) => row.holder))].filter((client) => !this.known.has(client));
    await Promise.all(strangers.map((client) => this.inherit(client)));
  }

  async inherit(client) {
    this.known.add(client);
    await hold(client);
    for (const row of await this.shelf.rows("edits", { ...this.owner, holder: client })) {
      if (!row.lost && !this.isTouched(row)) this.restored(row);
      const edit = { ...row, holder: this.client, due: 0 };
      this.edits.push(edit);
      this.keep(edit);
    }
    this.run();
  }

  // `target` is a question: {item, url, seen: {part: version}}. `fields` is the whole part as it stands now.
  put(target, part, fields, { soon = false } = {}) {
    const { item, url, seen } = target;
    this.touched.add(`${item} ${part}`);
    let edit = this.edits.find(open(item, part));
    if (!edit) {
      edit = { ...this.owner, item, part, url, holder: this.client, expected: seen[part] };
      this.edits.push(edit);
    }
    const now = Date.now();
    Object.assign(edit, { fields, refused: false, at: now, due: soon ? now : now + DEBOUNCE });
    this.keep(edit);
    this.stir();
  }

  // Everything is to go now: the field, the page or the window is being left.
  flush() {
    for (const edit of this.edits) edit.due = 0;
    this.stir();
  }

  // One of two values that stood against each other was chosen; the other one stays in the history. Words that were typed
  // after the server had answered are not there yet: they are sent as they stand, to lose against what was chosen.
  choose({ item }, part, { mine }) {
    const edit = this.edits.find((each) => of(item, part)(each) && each.conflict);
    const { version, theirs } = edit.conflict;
    if (mine) this.keep(Object.assign(edit, { expected: version, conflict: null, due: 0 }));
    else if (edit.answered === JSON.stringify(edit.fields)) this.drop(edit);
    else this.keep(Object.assign(edit, { lost: true, conflict: null, due: 0 }));
    this.stir();
    return mine ? edit.fields : theirs;
  }

  stir() {
    this.changed();
    if (!this.trouble) this.pause.end(); // typing is no reason to try again sooner
    this.run();
  }

  // The connection may be back, or somebody has signed in.
  async wake() {
    await this.ready;
    if (this.shelf) this.adopt();
    this.pause.end();
    this.run();
  }

  // How many questions have something that the server does not have.
  get waiting() {
    return new Set(this.edits.map((edit) => edit.item)).size;
  }

  // Whether all of it would survive this window.
  get isKept() {
    return Boolean(this.shelf) && this.edits.every((edit) => edit.key && !edit.writing);
  }

  // What a submit waits for: "item:client:sequence" of the last edit of each question by each client known here.
  async sent() {
    const last = new Map();
    for (const { item, client, sequence } of (await this.shelf?.rows("answers", this.owner)) ?? []) {
      last.set(`${item}:${client}`, Math.max(sequence, last.get(`${item}:${client}`) ?? 0));
    }
    for (const [whose, sequence] of this.arrived) last.set(whose, sequence);
    return [...last].map((each) => each.join(":")).join(" ");
  }

  // Whether another window of this interview has something unsent.
  async isElsewhere() {
    const rows = (await this.shelf?.rows("edits", this.owner)) ?? [];
    return rows.some((row) => row.holder !== this.client);
  }

  // The card is submitted: nothing of this interview needs to stay.
  async forget() {
    await this.shelf?.remove("answers", () => true);
    await forgetPages();
  }

  next() {
    const free = this.edits.filter((edit) => !edit.conflict && !edit.refused);
    return free.find((edit) => edit.operation) ?? free.sort((one, other) => one.due - other.due)[0];
  }

  async run() {
    if (this.running) return;
    this.running = true;
    await this.ready;
    for (let edit; (edit = this.next());) {
      const early = edit.operation ? 0 : edit.due - Date.now();
      if (early > 0) {
        await this.pause.start(early);
        continue;
      }
      if (!edit.operation) await this.seal(edit);
      const { operation, client, sequence, expected: expected_version, fields } = edit;
      const body = JSON.stringify({ operation, client, sequence, expected_version, ...fields });
      const { status, body: reply } = await this.deliver(() => post(edit.url, body, { person: edit.person, type: "application/json" }));
      this.finish(edit, status, reply);
    }
    this.running = false;
    this.changed();
  }

  // The final answer to what `send` sends, again and again; {} once it is no longer `wanted`.
  async deliver(send, wanted = () => true) {
    for (let tries = 0; wanted(); tries += 1) {
      const answer = await send();
      this.trouble = answer.trouble ?? "";
      if (!this.trouble) return answer;
      this.changed();
      await this.pause.start(patience(tries));
    }
    this.trouble = "";
    return {};
  }

  async seal(edit) {
    const sequence = (this.sequences.get(edit.item) ?? 0) + 1;
    this.sequences.set(edit.item, sequence);
    await this.keep(Object.assign(edit, { operation: newId(), client: this.client, sequence }));
  }

  finish(edit, status, body) {
    const { item, part } = edit;
    const later = this.edits.find(open(item, part));
    if (status === 200 || status === 409) this.arrived.set(`${item}:${edit.client}`, edit.sequence);
    if (edit.lost) {
      this.drop(edit);
      this.changed();
      return;
    }
    if (status === 200) {
      this.drop(edit, { version: body.version, saved_at: body.saved_at });
      if (later) this.keep(Object.assign(later, { expected: body.version }));
    } else {
      // What was not taken can be amended again; newer words stand for it where there are some.
      const left = later ?? Object.assign(edit, { operation: undefined, client: undefined, sequence: undefined });
      if (later) this.drop(edit);
      if (status === 409) Object.assign(left, { conflict: body, answered: JSON.stringify(edit.fields) });
      else left.refused = !later;
      this.keep(left);
    }
    this.settled({ ...edit, fields: (later ?? edit).fields }, status, body);
    this.changed();
  }

  // Resolves once the edit lies on the disk as it stands. One write at a time, the newest words last.
  keep(edit) {
    edit.dirty = true;
    edit.writing ??= this.write(edit);
    return edit.writing;
  }

  async write(edit) {
    await this.unlocked;
    while (this.shelf && edit.dirty && !edit.dropped) {
      edit.dirty = false;
      const row = Object.fromEntries(ROW.filter((name) => edit[name] !== undefined).map((name) => [name, edit[name]]));
      try {
        edit.key = await this.shelf.write(["edits"], (edits) => edits.put(row));
      } catch {
        this.shelf = null; // a full or broken disk: from here on the line says that nothing is kept
      }
    }
    edit.writing = null;
    this.changed();
  }

  // `answer`: what the server has made of it, to be shown when the page next comes without the server.
  async drop(edit, answer) {
    this.edits.splice(this.edits.indexOf(edit), 1);
    edit.dropped = true;
    await edit.writing;
    if (!this.shelf) return;
    const { person, interview, item, part, fields, client, sequence } = edit;
    await this.shelf.write(["edits", "answers"], (edits, answers) => {
      if (edit.key) edits.delete(edit.key);
      if (answer) answers.put({ person, interview, item, part, fields, client, sequence, at: Date.now(), ...answer });
    }).catch(() => { this.shelf = null; });
  }
}
