import { reachScrollers } from "./scrollers.js";

// The candidate's window follows the question that the scoring page of the same browser stands at.
const channel = new BroadcastChannel(`kit-show-${document.body.dataset.interview}`);
let latest = 0;

async function follow(shown) {
  const turn = ++latest;
  const address = `${location.pathname}?${new URLSearchParams(shown)}`;
  try {
    const response = await fetch(address, { redirect: "error" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== latest) return;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    reachScrollers();
    history.replaceState(null, "", address);
    scrollTo(0, 0);
  } catch {
    // Not reached: what is shown stays until the next question.
  }
}

channel.addEventListener("message", (event) => {
  if ("item" in event.data) follow({ item: event.data.item, prompt: event.data.prompt });
});
reachScrollers();
channel.postMessage({ hello: true });
