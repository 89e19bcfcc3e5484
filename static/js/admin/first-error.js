/* "Go to the first error" where the error is in a dialog, such as that of the schedule: Wagtail moves the focus to it
   while the dialog is closed, so that nothing happens. */
(() => {
  "use strict";

  const ERROR = ":not([hidden]):is(.error-message, .help-critical)"; // As Wagtail's button looks for it.

  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.("[data-controller~='w-focus']")) return;
      const error = document.querySelector(ERROR);
      const dialog = error?.closest(".w-dialog");
      if (!dialog) return;
      event.stopPropagation();
      dialog.dispatchEvent(new CustomEvent("w-dialog:show"));
      error.closest(".w-field")?.querySelector("input, select, textarea")?.focus();
    },
    true,
  );
})();
