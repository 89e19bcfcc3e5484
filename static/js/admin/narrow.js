/* On a phone the panel beside an editor covers all of it: Wagtail opens the one of the page before anew. There it is
   opened by its button only. Runs before Wagtail reads what it has kept. */
(() => {
  "use strict";

  if (!matchMedia("(width < 50em)").matches) return;
  try {
    localStorage.removeItem("wagtail:side-panel-open");
  } catch {
    // The browser keeps nothing: nothing is opened anew.
  }
})();
