// The translation editor of wagtail-localize writes some words in English into its page, past its catalogue.
(() => {
  const { more } = document.currentScript.dataset;
  const translated = (text) => (text === "More actions" ? more : text.replace(/^(.+) to (.+) translation$/, "$1 → $2"));

  const translate = (editor) => {
    const places = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
      parentElement.matches("h3, .w-sr-only") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
    );
    while (places.nextNode()) {
      const text = places.currentNode;
      // The words of the node, not the node: React keeps it.
      if (translated(text.data) !== text.data) text.data = translated(text.data);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const editor of document.querySelectorAll(".js-translation-editor")) {
      new MutationObserver(() => translate(editor)).observe(editor, { childList: true, subtree: true });
      translate(editor);
    }
  });
})();
