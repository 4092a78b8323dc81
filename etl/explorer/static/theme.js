// Inside Airflow's frame Airflow's own light or dark wins over the system's. Runs before anything is drawn.
(() => {
  if (window.parent === window) return;
  const root = document.documentElement;
  root.classList.add("framed");
  try {
    const outer = window.parent.document.documentElement;
    const follow = () => {
      if (outer.classList.contains("dark")) root.dataset.theme = "dark";
      else if (outer.classList.contains("light")) root.dataset.theme = "light";
    };
    follow();
    new MutationObserver(follow).observe(outer, { attributes: true, attributeFilter: ["class"] });
  } catch {
    // Framed by another origin: the system's setting stays.
  }
})();
