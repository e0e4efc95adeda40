// What scrolls sideways must be reachable by keyboard, also where the browser does not see to it, and also once it has
// been brought into sight or the window has become narrow.
const scrollers = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
export function reachScrollers() {
  for (const box of document.querySelectorAll(".prose pre, .prose table, .table-scroll")) scrollers.observe(box);
}
