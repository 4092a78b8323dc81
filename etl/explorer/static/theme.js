// In an Airflow frame, follow Airflow's light or dark theme instead of the system's. Runs before the first paint.
(() => {
  if (window.parent === window) return;
  const root = document.documentElement;
  root.classList.add("framed");
  try {
    const airflowRoot = window.parent.document.documentElement;
    const follow = () => {
      if (airflowRoot.classList.contains("dark")) root.dataset.theme = "dark";
      else if (airflowRoot.classList.contains("light")) root.dataset.theme = "light";
    };
    follow();
    new MutationObserver(follow).observe(airflowRoot, { attributes: true, attributeFilter: ["class"] });
  } catch {
    // The frame belongs to another origin: keep the system's theme.
  }
})();
