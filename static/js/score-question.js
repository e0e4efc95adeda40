// One question of the scoring page: what its fields say, part by part, and what is shown beside it.

const PART_OF = { answer: "outcome", reason: "outcome", evidence: "evidence", probes_used: "probes", hint: "probes" };
const MARKS = { pending: "–", not_asked: "✓", no_evidence: "✓", declined: "✓" };

export class Question {
  constructor(form, index) {
    const version = Number(form.dataset.version);
    this.link = document.querySelector(`.score-nav a[href="#${form.id}"]`);
    Object.assign(this, { form, number: index + 1, item: form.dataset.item, url: form.action, version });
    // Kept part by part: a reply about one part tells nothing of another that somebody else has changed.
    this.seen = { outcome: version, evidence: version, probes: version };
    this.troubles = new Map();
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  static part(name) {
    return PART_OF[name];
  }

  // The whole part as its fields stand, in the words of the save contract.
  read(part) {
    if (part === "evidence") return { evidence: this.field("evidence").value };
    if (part === "probes") {
      const boxes = this.form.querySelectorAll("[name=probes_used]:checked");
      const hint = this.form.querySelector("[name=hint][type=checkbox]");
      return { probes_used: [...boxes].map((box) => Number(box.value)), hint: Boolean(hint?.checked) };
    }
    const answer = this.field("answer").value;
    if (/^[1-5]$/.test(answer)) return { outcome: "scored", level: Number(answer), reason: "" };
    const explained = answer === "not_asked" || answer === "declined";
    return { outcome: answer, level: null, reason: explained ? this.field("reason").value : "" };
  }

  write(part, values) {
    if (part === "evidence") this.field("evidence").value = values.evidence;
    if (part === "probes") {
      for (const box of this.form.querySelectorAll("[name=probes_used][type=checkbox]")) {
        box.checked = values.probes_used.includes(Number(box.value));
      }
      const hint = this.form.querySelector("[name=hint][type=checkbox]");
      if (hint) hint.checked = values.hint;
    }
    if (part === "outcome") {
      this.field("answer").value = String(values.level ?? values.outcome);
      this.field("reason").value = values.reason;
    }
    this.mark();
  }

  // The same in words, for two values that stand side by side.
  describe(part, values) {
    if (part === "evidence") return values.evidence || "–";
    const label = (name, value) => this.form.querySelector(`[name=${name}][value="${value}"]`)?.closest("label").textContent.trim();
    if (part === "probes") {
      const said = values.probes_used.map((position) => label("probes_used", position));
      if (values.hint) said.push(this.form.querySelector(".hint").textContent.trim());
      return said.join(" · ") || "–";
    }
    if (values.level) return String(values.level);
    return [values.outcome === "pending" ? "–" : label("answer", values.outcome), values.reason].filter(Boolean).join(": ");
  }

  // The level, tick or dash in the list of questions.
  mark() {
    const got = this.link.querySelector(".got");
    const answer = this.field("answer")?.value;
    const text = answer === undefined ? (this.field("evidence").value ? "✓" : "–") : (MARKS[answer] ?? answer);
    got.classList.toggle("gap", text === "–");
    got.replaceChildren(text);
  }

  choose(level) {
    const step = this.form.querySelector(`[name=answer][value="${level}"]`);
    if (step) step.checked = true;
    return Boolean(step);
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
