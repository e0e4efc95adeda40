// Runs before the first paint, so that a chosen theme never flashes in the other one.
document.documentElement.classList.add("js");
// Pages that say what went wrong load no other script; the one before still holds what was typed.
addEventListener("click", (event) => {
  if (event.target.matches("[data-back]")) history.back();
});
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.bsTheme = theme;
} catch {
  // Storage may be forbidden; the system's own theme then holds.
}
