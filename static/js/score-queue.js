// Edits on their way to the server: one queue in memory, one request in flight, in the order in which they were made.
// An edit leaves the queue only when the server has answered it; until then it is tried again for ever.

const TIMEOUT = 15_000;
const SIGNED_OUT_WAIT = 10_000;
const LONGEST_WAIT = 30_000;
// Answers that more tries would not change. Everything else is weather: a proxy, a restart, a captive portal.
const FINAL = new Set([200, 400, 403, 404, 409, 413, 422]);

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

export class SaveQueue {
  // `settled(edit, status, body)` hears each final answer; `changed()` every change of what waits and why.
  constructor({ settled, changed }) {
    Object.assign(this, { settled, changed, client: crypto.randomUUID(), edits: [], trouble: "", running: false });
  }

  // `target` is a question: {url, seen: {part: version}, sequence}. `fields` is the whole part as it stands now.
  put(target, part, fields) {
    const waiting = this.edits.find((edit) => edit.target === target && edit.part === part && !edit.sent);
    if (waiting) waiting.fields = fields;
    else this.edits.push({ target, part, fields, operation: crypto.randomUUID(), sequence: ++target.sequence, sent: null });
    this.changed();
    this.run();
  }

  drop(target, part) {
    this.edits = this.edits.filter((edit) => edit.target !== target || edit.part !== part);
  }

  wake() {
    this.alarm?.();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    for (let tries = 0; this.edits.length; tries += 1) {
      const edit = this.edits[0];
      const answer = await this.send(edit);
      this.trouble = answer.trouble ?? "";
      if (this.trouble) {
        this.changed();
        await this.pause(this.trouble === "signed-out" ? SIGNED_OUT_WAIT : Math.min(1000 * 2 ** tries, LONGEST_WAIT));
        continue;
      }
      tries = -1;
      this.edits.shift();
      this.settled(edit, answer.status, answer.body);
      this.changed();
    }
    this.running = false;
  }

  // {status, body} of a final answer, or {trouble} that time or signing in will mend.
  async send(edit) {
    // What is repeated is repeated word for word: the server knows it by its operation.
    edit.sent ??= JSON.stringify({
      operation: edit.operation,
      client: this.client,
      sequence: edit.sequence,
      expected_version: edit.target.seen[edit.part],
      ...edit.fields,
    });
    try {
      const response = await fetch(edit.target.url, {
        method: "POST",
        // Signing in again in another tab changes the token, so it is read anew each time.
        headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
        body: edit.sent,
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      if (response.status === 401 || (response.status === 403 && !json)) return { trouble: "signed-out" };
      if (!FINAL.has(response.status) || (response.status === 200 && !json)) return { trouble: "unreached" };
      return { status: response.status, body: json ? await response.json() : {} };
    } catch {
      return { trouble: "unreached" };
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      this.alarm = resolve;
      setTimeout(resolve, milliseconds);
    });
  }
}
