// Forms: sent once, never left half typed by mistake, errors found at once.
export function forms() {
  once();
  unsaved();
  document.querySelector("[data-error-summary]")?.focus();
}

// The second press of an impatient or trembling hand sends nothing. Coming back by "Back" frees the form.
function once() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    // Not disabled: a disabled button would lose the focus, and its name and value would not be sent.
    if (button) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });
}

// A form marked data-keep asks before its typed words are lost.
function unsaved() {
  const dirty = new Set();
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", () => dirty.clear());
  }
  addEventListener("beforeunload", (event) => {
    if (dirty.size > 0) event.preventDefault();
  });
}
