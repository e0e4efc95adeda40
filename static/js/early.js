// Runs before the first paint, so that a chosen theme never flashes in the other one.
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.bsTheme = theme;
} catch {
  // Storage may be forbidden; the system's own theme then holds.
}
