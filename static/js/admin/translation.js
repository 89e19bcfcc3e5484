/* wagtail-localize's translation editor: each sentence in the direction of its language, the earlier Swedish beside
   the new one, and on to the next sentence after "Save". core/translation/editor.py completes what it is given.
   React draws and redraws the editor: all is put in place after each change, and only once. */
(() => {
  "use strict";

  const SENTENCES = "h3 + ul > li";
  // A slug may stay as it is.
  const WAITING = ".incomplete:not([data-may-stay]), .errored";
  // The text of each open sentence as it was when it was opened.
  const opened = new WeakMap();

  // The segments in the order in which the editor draws them: by tab, in each by field or block.
  const inOrder = ({ tabs, segments }) => {
    const shown = tabs.filter((tab) => segments.some((segment) => segment.location.tab === tab.slug));
    const parts = shown.length > 1 ? shown.map((tab) => segments.filter((segment) => segment.location.tab === tab.slug)) : [segments];
    return parts.flatMap((part) => {
      const groups = new Map();
      for (const segment of part) {
        const key = `${segment.location.field}/${segment.location.blockId || "null"}`;
        groups.set(key, [...(groups.get(key) || []), segment]);
      }
      return [...groups.values()].flat();
    });
  };

  const speak = (element, locale) => {
    element.lang = locale.code;
    element.dir = locale.dir;
  };

  // The text in pieces, of which those that the other version lacks are marked.
  const marked = (pieces, tag) =>
    pieces.map(([text, differs]) => {
      if (!differs) return text;
      const piece = document.createElement(tag);
      piece.textContent = text;
      return piece;
    });

  const showEarlier = (item, props, segment) => {
    const place = item.querySelector(".earlier");
    if (place && !item.matches(WAITING)) {
      place.remove();
      source(item).replaceChildren(segment.source);
    } else if (!place && item.matches(WAITING)) {
      const earlier = document.createElement("div");
      earlier.className = "earlier";
      const label = document.createElement("strong");
      label.textContent = props.earlierLabel;
      const words = document.createElement("p");
      words.append(...marked(segment.earlier.before, "del"));
      speak(words, props.sourceLocale);
      earlier.append(label, words);
      source(item).before(earlier);
      source(item).replaceChildren(...marked(segment.earlier.now, "ins"));
    }
  };

  const source = (item) => item.querySelector(":scope > p");

  const complete = (item, props, segment) => {
    item.id = `sentence-${segment.id}`;
    if (segment.contentPath === "slug") item.dataset.mayStay = "";
    if (segment.type !== "string") return;
    speak(source(item), props.sourceLocale);
    // Beside the Swedish: the translation as text, or as a field.
    const translation = item.querySelector(":scope > div:not(.earlier)");
    speak(translation, props.locale);
    const field = translation.querySelector("textarea");
    if (field && !opened.has(field)) opened.set(field, field.value);
    if (segment.earlier) showEarlier(item, props, segment);
  };

  const openTab = (item) => {
    const panel = item.closest("section[hidden]");
    if (panel) document.getElementById(`tab-label-${panel.id.replace(/^tab-/, "")}`).click();
  };

  const open = (item) => {
    openTab(item);
    item.scrollIntoView({ block: "center" });
    const buttons = item.querySelectorAll(":scope > ul button");
    if (!item.querySelector("textarea") && buttons.length) buttons[buttons.length - 1].click();
  };

  const start = (editor) => {
    const props = JSON.parse(editor.dataset.props);
    const segments = inOrder(props);
    const sentences = () => [...editor.querySelectorAll(SENTENCES)];
    const publishButton = () => editor.querySelector("button[name=action][value=publish]");
    let isOpenedByAddress = false;

    // A PO file holds the whole page: it is offered once, and only while something waits.
    const offerFiles = () => {
      const waits = editor.querySelector(`${SENTENCES}:is(${WAITING})`) !== null;
      editor.querySelectorAll("a[download]").forEach((link, number) => {
        link.parentElement.parentElement.hidden = number > 0 || !waits;
      });
    };

    const draw = () => {
      const items = sentences();
      if (items.length !== segments.length) return;
      items.forEach((item, number) => complete(item, props, segments[number]));
      offerFiles();
      if (!isOpenedByAddress) {
        isOpenedByAddress = true;
        openByAddress(items);
      }
    };

    // What the address names: a sentence, if it still waits, or the button "Publish".
    const openByAddress = (items) => {
      const asked = items.find((item) => `#${item.id}` === location.hash);
      if (asked?.matches(WAITING)) open(asked);
      else if (location.hash === "#publish") publishButton()?.focus();
    };

    const goOn = (item) => {
      const items = sentences();
      const place = items.indexOf(item);
      const next = [...items.slice(place + 1), ...items.slice(0, place)].find((one) => one.matches(WAITING));
      if (next) open(next);
      else publishButton()?.focus();
    };

    // "Publish" leads back to this address: without the place in it, so that the message is in view.
    editor.addEventListener("submit", ({ target }) => {
      history.replaceState(null, "", location.pathname + location.search);
      if (target.elements.next) target.elements.next.value = location.href;
    });

    // Before React takes the field away; afterwards the next one is opened.
    const onSave = (item) => setTimeout(() => goOn(item));
    document.addEventListener(
      "click",
      (event) => {
        const button = event.target.closest?.("button");
        const item = button?.closest(SENTENCES);
        if (!item?.querySelector("textarea")) return;
        const buttons = [...item.querySelectorAll(":scope > ul button")];
        if (button === buttons[buttons.length - 1]) onSave(item);
      },
      true,
    );
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter" && !event.isComposing && event.target.matches("textarea")) {
          const item = event.target.closest(SENTENCES);
          if (item) onSave(item);
        }
      },
      true,
    );

    new MutationObserver(draw).observe(editor, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    draw();
  };

  // wagtail-localize warns of open fields, also of one in which nothing was written. First on the window, first asked.
  window.addEventListener("beforeunload", (event) => {
    const fields = [...document.querySelectorAll(`.js-translation-editor textarea`)].filter((field) => opened.has(field));
    if (fields.length && fields.every((field) => field.value === opened.get(field))) event.stopImmediatePropagation();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor[data-props]");
    if (editor) start(editor);
  });
})();
