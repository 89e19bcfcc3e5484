// What was typed and not saved (core.web.resubmit). A new login has changed the form's token: the cookie holds the one that
// counts. Whoever leaves with something unsent is asked first.
(() => {
  const form = document.querySelector("form[method=post]");
  if (!form?.querySelector("button")) return;
  const ask = (event) => event.preventDefault();
  window.addEventListener("beforeunload", ask);
  form.addEventListener("submit", () => {
    window.removeEventListener("beforeunload", ask);
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (token) form.elements.csrfmiddlewaretoken.value = token[1];
  });
})();
