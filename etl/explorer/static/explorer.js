// Small comforts; every page works without them.
const status = document.querySelector(".status");
const progress = document.querySelector(".progress");

async function copy(text, select) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard on a plain http address: the text is selected instead, for the keyboard to copy.
    if (select) getSelection().selectAllChildren(select);
    return false;
  }
  return true;
}

function say(button, words) {
  const usual = button.textContent;
  button.textContent = words;
  status.textContent = words;
  setTimeout(() => { button.textContent = usual; }, 2000);
}

document.addEventListener("click", async (event) => {
  const summary = event.target.closest("[data-copy-sql]");
  if (summary && !summary.parentElement.open) {
    const text = summary.parentElement.querySelector("pre");
    say(summary, (await copy(text.textContent, text)) ? "Copied" : "Select and copy");
  }
  const button = event.target.closest("[data-copy]");
  if (button) say(button, (await copy(button.dataset.copy, null)) ? "Copied" : "Copy it by hand");
});

// Loading, in words and as a line on top.
function load() {
  progress.hidden = false;
  status.textContent = "लोड हो रहा है … Loading …";
}
document.addEventListener("submit", (event) => {
  // What was left empty does not have to stand in the address.
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
  load();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const leaves = link && !link.hasAttribute("download") && link.target !== "_blank" && !link.getAttribute("href").startsWith("#");
  if (leaves && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) load();
});
addEventListener("pageshow", () => {
  progress.hidden = true;
  for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
});

// Names while they are typed, in either script.
for (const field of document.querySelectorAll("[data-suggest]")) {
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const who = field.value.trim();
    if (who.length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ who })}`);
      if (!answer.ok) return;
      const options = (await answer.json()).map(({ hi, latin }) => Object.assign(document.createElement("option"), { value: hi, label: `${hi} · ${latin}` }));
      field.list.replaceChildren(...options);
    }, 200);
  });
}
