// The calendar beside a date field would put today in place of what it cannot read. What is typed stays, and the server
// reads it (core.languages.written_dates). The calendar shows itself beside an empty field, or one that it can read.
(() => {
  const READABLE = /^(\d{4}-\d\d-\d\d( \d\d:\d\d)?|\d\d:\d\d)?$/;
  const isReadable = (input) => READABLE.test((input.value || "").trim());
  const defaults = jQuery.fn.datetimepicker.defaults;
  defaults.validateOnBlur = false;
  // It asks a moment after the field was entered, which may have been left meanwhile.
  defaults.onShow = (now, input) => input.is(":focus") && isReadable(input.get(0));
  document.addEventListener("input", ({ target }) => {
    if (jQuery.data(target, "xdsoft_datetimepicker") && !isReadable(target)) jQuery(target).datetimepicker("hide");
  });
})();
