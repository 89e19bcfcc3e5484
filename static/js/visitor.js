// A press on another language takes along what was typed in the enquiry form: it sends the form on to the same page in
// that language, as the buttons beside a refused form do (core/includes/language_list.html). Else a link is a link.
(() => {
  const form = document.getElementById("enquiry-form");
  const proposed = (select) => Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));
  const isChanged = (field) => {
    if (field.type === "hidden" || field.type === "submit") return false;
    if (field.options) return field.selectedIndex !== proposed(field);
    const canBeTicked = field.type === "radio" || field.type === "checkbox";
    return canBeTicked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".lang a, .footer a[hreflang]");
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || opensElsewhere || ![...form.elements].some(isChanged)) return;
    event.preventDefault();
    const button = document.createElement("button");
    button.hidden = true;
    button.name = "typed_in";
    button.value = document.documentElement.lang;
    button.formAction = form.getAttribute("action").replace(/^\/[^/]+/, `/${link.hreflang}`) + "#form";
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  });
})();

// Where the device can share a page itself, a button opens what it offers. Without this script there are mail and text
// message.
if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { share: url, title } = button.dataset;
      navigator.share({ title, url }).catch(() => {}); // Closed by the visitor.
    });
  }
}
