// How much room is left in a text field. A browser lets no more in than `maxlength`, and cuts what is pasted: it says nothing.
(() => {
  const { left, cut } = document.currentScript.dataset;
  const NEAR = 0.8; // Of the room: from here on it is told.
  const told = new WeakMap();

  const isCounted = (field) => field.matches?.("form textarea[maxlength], form input[type=text][maxlength]");

  const lineOf = (field) => {
    if (!told.has(field)) {
      const line = document.createElement("p");
      line.className = "help room-left";
      line.setAttribute("role", "status");
      field.after(line);
      told.set(field, line);
    }
    return told.get(field);
  };

  const tell = (field, words) => {
    if (words || told.has(field)) lineOf(field).textContent = words;
  };

  const count = (field) => {
    const room = field.maxLength - field.value.length;
    return field.value.length < NEAR * field.maxLength ? "" : left.replace("%(left)s", room);
  };

  document.addEventListener("input", ({ target, inputType }) => {
    if (isCounted(target) && inputType !== "insertFromPaste") tell(target, count(target));
  });
  document.addEventListener("focusin", ({ target }) => isCounted(target) && tell(target, count(target)));
  document.addEventListener("paste", ({ target, clipboardData }) => {
    if (!isCounted(target)) return;
    const chosen = target.selectionEnd - target.selectionStart;
    const room = target.maxLength - target.value.length + chosen;
    const over = clipboardData.getData("text").length - room;
    setTimeout(() => tell(target, over > 0 ? cut.replace("%(over)s", over) : count(target)));
  });
})();
