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
