// Lists: filters apply as they are ticked, and a table that fits is no needless stop for the Tab key.
export function lists() {
  filters();
  panels();
  regions();
}

// Filter forms are plain GET forms with a button. Ticking a box sends them; the focus comes back to that box.
// Lists of choices do not: with the keyboard they change at every arrow.
function filters() {
  const place = "answerable.focus";
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const wanted = take(place);
  if (wanted) {
    const [path, name, value] = JSON.parse(wanted);
    const box = [...form.elements].find((field) => field.name === name && (field.type !== "checkbox" || field.value === value));
    if (path === location.pathname && box) box.focus({ preventScroll: true });
  }
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("input[type=checkbox], input[type=radio]")) return;
    keep(place, JSON.stringify([location.pathname, field.name, field.value]));
    form.requestSubmit();
  });
}

function keep(place, what) {
  try {
    sessionStorage.setItem(place, what);
  } catch {
    // then the focus starts at the top, as without scripts
  }
}

function take(place) {
  try {
    const what = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    return what;
  } catch {
    return null;
  }
}

// On a narrow screen the filter starts closed; the page without scripts leaves it open.
function panels() {
  const narrow = matchMedia("(width < 1000px)");
  const panel = document.querySelector("details[data-panel]");
  if (!panel) return;
  const fit = () => {
    panel.open = !narrow.matches;
  };
  narrow.addEventListener("change", fit);
  fit();
}

// tabindex belongs on a scroll region only while there is something to scroll.
function regions() {
  const fit = () => {
    for (const region of document.querySelectorAll(".an-scroll")) {
      const isTaller = region.scrollHeight > region.clientHeight + 1;
      if (region.scrollWidth > region.clientWidth || isTaller) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", fit);
  document.fonts?.ready.then(fit);
  fit();
}
