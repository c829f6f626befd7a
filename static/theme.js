// The reader's scheme, set before the first paint so that the page never flashes in the other one.
// Loaded without defer, hence kept this short; app.js offers the choice.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage, no choice: the system's scheme stands.
}
