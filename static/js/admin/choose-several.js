// Several of many (core.forms.choose_several): what is chosen, with a button to remove each, and a search field that adds more.
// The boxes stay in the form, out of sight, and hold the choice. A combobox with a list (WAI-ARIA Authoring Practices).
(() => {
  const made = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };
  const plain = (text) => text.normalize("NFKC").toLocaleLowerCase().trim();
  let count = 0;

  class ChooseSeveral extends window.StimulusModule.Controller {
    connect() {
      if (this.built) return;
      this.built = true;
      this.boxes = this.element.querySelector("[data-boxes]");
      this.choices = [...this.boxes.querySelectorAll("input[type=checkbox]")].map((box) => ({
        box,
        name: box.closest("label").textContent.trim(),
      }));
      this.build();
      this.boxes.hidden = true;
      this.show();
    }

    build() {
      const list = `choose-several-${++count}`;
      const label = this.element.closest("[data-field]")?.querySelector("[data-field-label]");
      const panel = this.element.closest("section.w-panel")?.querySelector("[data-panel-heading-text]");
      const name = (label || panel)?.textContent.replace("*", "").trim();
      const search = this.element.dataset.search;
      this.chosen = made("ul", { class: "choose-several__chosen" });
      this.input = made("input", {
        type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": list, "aria-label": name ? `${name}: ${search}` : search, placeholder: search,
      });
      this.matches = made("ul", { id: list, class: "choose-several__matches", role: "listbox", "aria-label": search });
      this.matches.hidden = true;
      this.status = made("p", { class: "w-sr-only", role: "status" });
      const field = made("div", { class: "choose-several__search" });
      field.append(this.input, this.matches);
      this.element.append(this.chosen, field, this.status);
      this.input.addEventListener("input", () => this.open());
      this.input.addEventListener("click", () => this.open());
      this.input.addEventListener("blur", () => this.close());
      this.input.addEventListener("keydown", (event) => this.press(event));
      // A browser that goes back puts the boxes as they were.
      window.addEventListener("pageshow", () => this.show());
      // Nothing typed in the search is a change of the page.
      for (const kind of ["input", "change", "keyup"]) this.input.addEventListener(kind, (event) => event.stopPropagation());
    }

    show() {
      const chosen = this.choices.filter(({ box }) => box.checked);
      this.chosen.replaceChildren(
        ...chosen.map((choice) => {
          const row = made("li", {}, choice.name);
          const words = this.element.dataset.remove.replace("%(name)s", choice.name);
          const button = made("button", { type: "button", "aria-label": words, title: words }, "×");
          button.addEventListener("click", () => this.set(choice, false));
          row.append(button);
          return row;
        }),
      );
      if (!chosen.length) this.chosen.append(made("li", { class: "choose-several__none" }, this.element.dataset.none));
    }

    set(choice, checked) {
      choice.box.checked = checked;
      choice.box.dispatchEvent(new Event("change", { bubbles: true }));
      this.show();
      this.status.textContent = this.element.dataset[checked ? "added" : "removed"].replace("%(name)s", choice.name);
      this.input.value = "";
      this.close();
      this.input.focus();
    }

    open() {
      const words = plain(this.input.value);
      this.found = this.choices.filter(({ box, name }) => !box.checked && plain(name).includes(words));
      this.found.sort((one, other) => plain(other.name).startsWith(words) - plain(one.name).startsWith(words));
      this.matches.replaceChildren(
        ...this.found.map((choice, number) => {
          const row = made("li", { role: "option", id: `${this.matches.id}-${number}`, "aria-selected": "false" }, choice.name);
          row.addEventListener("mousedown", (event) => event.preventDefault());
          row.addEventListener("click", () => this.set(choice, true));
          return row;
        }),
      );
      if (!this.found.length) this.matches.append(made("li", { role: "presentation" }, this.element.dataset.nothingFound));
      this.matches.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark(words && this.found.length ? 0 : -1);
    }

    close() {
      this.matches.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    mark(number) {
      this.marked = number;
      [...this.matches.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === number)));
      const row = this.matches.children[number];
      if (!row) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }

    press(event) {
      const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (steps) {
        event.preventDefault();
        if (this.matches.hidden) return this.open();
        const last = this.found.length - 1;
        this.mark(Math.max(Math.min(this.marked + steps, last), Math.min(0, last)));
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!this.matches.hidden && this.found[this.marked]) this.set(this.found[this.marked], true);
      } else if (event.key === "Escape" && !this.matches.hidden) {
        event.stopPropagation();
        this.close();
      }
    }
  }

  window.wagtail.app.register("choose-several", ChooseSeveral);
})();
