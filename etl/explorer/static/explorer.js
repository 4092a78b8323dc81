// Progressive enhancements; every page works without JavaScript.
const status = document.querySelector(".status");
const progress = document.querySelector(".progress");

async function copy(text, fallback) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers offer no clipboard on plain http. Select the text, so that the user can copy it.
    if (fallback) getSelection().selectAllChildren(fallback);
    return false;
  }
  return true;
}

function showOnButton(button, message) {
  const label = button.textContent;
  button.textContent = message;
  status.textContent = message;
  setTimeout(() => { button.textContent = label; }, 2000);
}

document.addEventListener("click", async (event) => {
  const summary = event.target.closest("[data-copy-sql]");
  if (summary && !summary.parentElement.open) {
    const text = summary.parentElement.querySelector("pre");
    showOnButton(summary, (await copy(text.textContent, text)) ? "Copied" : "Press Ctrl+C to copy");
  }
  const button = event.target.closest("[data-copy]");
  if (button) showOnButton(button, (await copy(button.dataset.copy, null)) ? "Copied" : "Copy failed");
});

// Show that the next page is loading: a line at the top, and a status for screen readers.
function showLoading() {
  progress.hidden = false;
  status.textContent = "लोड हो रहा है … Loading …";
}
document.addEventListener("submit", (event) => {
  // Keep empty fields out of the address.
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
  showLoading();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const leaves = link && !link.hasAttribute("download") && link.target !== "_blank" && !link.getAttribute("href").startsWith("#");
  if (leaves && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) showLoading();
});
addEventListener("pageshow", () => {
  progress.hidden = true;
  for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
});

// Suggest names in either script while the user types.
for (const field of document.querySelectorAll("[data-suggest]")) {
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    // Of several names, complete the last one.
    const before = field.value.slice(0, field.value.lastIndexOf(",") + 1);
    const who = field.value.slice(before.length).trim();
    if (who.length < 2) return;
    timer = setTimeout(async () => {
      const response = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ who })}`);
      if (!response.ok) return;
      const options = (await response.json()).map(({ hi, latin }) => Object.assign(document.createElement("option"), { value: before ? `${before} ${hi}` : hi, label: `${hi} · ${latin}` }));
      field.list.replaceChildren(...options);
    }, 200);
  });
}
