// One form of a card: a question, or what stands on the card itself. What its fields say, part by part, and its marks.

// The fields of each part, in the words of the save contract.
const PARTS = {
  outcome: ["answer", "reason"],
  evidence: ["evidence"],
  probes: ["probes_used", "hint"],
  followups: ["followups"],
  candidate_questions: ["candidate_questions"],
  recommendation: ["recommendation", "recommendation_reason"],
  summary: ["summary"],
  private_note: ["private_note"],
};
const PART_OF = Object.fromEntries(Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part])));
const MARKS = { pending: "–", not_asked: "✓", no_evidence: "✓", declined: "✓" };
const EXPLAINED = ["not_asked", "declined"];

// Of each row of the database, whichever forms of the page show it, the version up to which nobody else had a hand in it.
const rows = new Map();

export class Question {
  constructor(form) {
    const { item, version, number, place, save } = form.dataset;
    this.link = document.querySelector(`.score-nav a[href="#${form.id}"]`);
    Object.assign(this, { form, item, place, number: Number(number ?? 0), url: save ?? form.action });
    if (!rows.has(item)) rows.set(item, { known: Number(version) });
    this.row = rows.get(item);
    // Kept part by part: a reply about one part tells nothing of another that somebody else has changed.
    this.seen = Object.fromEntries(Object.keys(PARTS).map((part) => [part, Number(version)]));
    this.troubles = new Map();
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  has(part) {
    return PARTS[part].some((name) => this.field(name));
  }

  static part(name) {
    return PART_OF[name];
  }

  // The whole part as its fields stand, in the words of the save contract.
  read(part) {
    if (part === "probes") {
      const boxes = this.form.querySelectorAll("[name=probes_used]:checked");
      const hint = this.form.querySelector("[name=hint][type=checkbox]");
      return { probes_used: [...boxes].map((box) => Number(box.value)), hint: Boolean(hint?.checked) };
    }
    if (part !== "outcome") return Object.fromEntries(PARTS[part].map((name) => [name, this.field(name).value]));
    const answer = this.field("answer").value;
    if (/^[1-5]$/.test(answer)) return { outcome: "scored", level: Number(answer), reason: "" };
    return { outcome: answer, level: null, reason: EXPLAINED.includes(answer) ? this.field("reason").value : "" };
  }

  write(part, values) {
    if (part === "probes") {
      for (const box of this.form.querySelectorAll("[name=probes_used][type=checkbox]")) {
        box.checked = values.probes_used.includes(Number(box.value));
      }
      const hint = this.form.querySelector("[name=hint][type=checkbox]");
      if (hint) hint.checked = values.hint;
    } else if (part === "outcome") {
      this.field("answer").value = String(values.level ?? values.outcome);
      this.field("reason").value = values.reason;
    } else {
      for (const name of PARTS[part]) this.field(name).value = values[name];
    }
    this.mark();
  }

  // The same in words, for two values that stand side by side.
  describe(part, values) {
    const label = (name, value) => this.form.querySelector(`[name=${name}][value="${value}"]`)?.closest("label").querySelector("span").textContent.trim() ?? "";
    if (part === "probes") {
      const said = values.probes_used.map((position) => label("probes_used", position));
      if (values.hint) said.push(this.form.querySelector(".hint span").textContent.trim());
      return said.join(" · ") || "–";
    }
    if (part === "outcome") {
      if (values.level) return String(values.level);
      return [values.outcome === "pending" ? "–" : label("answer", values.outcome), values.reason].filter(Boolean).join(": ");
    }
    if (part === "recommendation") {
      return [label("recommendation", values.recommendation), values.recommendation_reason].filter(Boolean).join(": ") || "–";
    }
    return values[part] || "–";
  }

  // The level, tick or dash in the list of questions and at the head of a row, and there the words of the level.
  mark() {
    const answer = this.field("answer")?.value;
    const note = this.field("evidence") ?? this.field("candidate_questions");
    const text = answer === undefined ? (note?.value ? "✓" : "–") : (MARKS[answer] ?? answer);
    for (const got of [this.link?.querySelector(".got"), this.form.querySelector(".got")]) {
      got?.classList.toggle("gap", text === "–");
      got?.replaceChildren(text);
    }
    const said = this.form.querySelector(".chosen-words");
    if (said) said.textContent = answer === "pending" ? "" : this.form.querySelector("[name=answer]:checked ~ span").textContent.trim();
  }

  // A level or one of the other answers; false where the question has no such thing.
  choose(answer) {
    const step = this.form.querySelector(`[name=answer][value="${answer}"]`);
    if (step) step.checked = true;
    return Boolean(step);
  }

  // Not asked, or declined where that was said before, and why.
  excuse(reason) {
    if (!EXPLAINED.includes(this.field("answer").value)) this.choose("not_asked");
    this.field("reason").value = reason;
    this.mark();
  }

  isExcused(reason) {
    return this.field("answer").value === "not_asked" && this.field("reason").value === reason;
  }

  isPending() {
    return this.field("answer")?.value === "pending";
  }

  // What a reply tells of `part`. `seen` where the other value has been shown.
  learn(part, version, { seen = false } = {}) {
    this.seen[part] = Math.max(version, this.seen[part]);
    if (seen || version === this.row.known + 1) this.row.known = Math.max(version, this.row.known);
  }

  // One notice for each part at a time. `conflict` is one to choose at, otherwise it goes with the next edit.
  trouble(part, notice, { conflict = false } = {}) {
    this.calm(part);
    this.troubles.set(part, { notice, conflict });
    this.form.querySelector(".troubles").append(notice);
  }

  // One of the two values of a conflict: "mine" or "theirs".
  tell(part, whose, values) {
    this.troubles.get(part).notice.querySelector(`[data-${whose}]`).textContent = this.describe(part, values);
  }

  calm(part) {
    this.troubles.get(part)?.notice.remove();
    this.troubles.delete(part);
  }

  conflicts(part) {
    return Boolean(this.troubles.get(part)?.conflict);
  }
}
