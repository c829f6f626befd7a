// Finds things on a page the way a person does: by what is written on them, only if they can be seen, and not before
// they stand still. Runs in the page, sent along with each question.
async ({ verb, within, limit, wanted, other }) => {
  const collapse = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  // Styles may change small letters to capitals.
  const fold = (text) => collapse(text).toLowerCase();
  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const frame = () => Promise.race([new Promise(requestAnimationFrame), new Promise((go) => setTimeout(go, 50))]);

  let why = "it was not there";

  const page = () => all(document, "dialog:modal").at(-1) ?? document.body;

  // Choices not made are in the page's text, but nobody reads them.
  const textOf = (root) => {
    let text = root.innerText ?? root.textContent;
    for (const select of root.matches("select") ? [root] : all(root, "select").filter(visible)) {
      text = text.replace(select.innerText, select.selectedOptions[0]?.label ?? "");
    }
    return text;
  };
  const reads = (root, text) => fold(textOf(root)).includes(fold(text));

  const scope = () => {
    const root = page();
    if (!root || !within) return root;
    if (within.selector) {
      why = `there was nothing like ${within.selector}`;
      return all(document, within.selector).find(visible);
    }
    const rows = all(root, "tr, [role=row], li, article").filter((row) => visible(row) && reads(row, within.row));
    const innermost = rows.filter((row) => !rows.some((inner) => inner !== row && row.contains(inner)));
    why = innermost.length ? `${innermost.length} rows contain "${within.row}"` : `no row contains "${within.row}"`;
    return innermost.length === 1 ? innermost[0] : null;
  };

  const referenced = (element) =>
    (element.getAttribute("aria-labelledby") ?? "")
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
  const withoutControls = (label) => {
    const copy = label.cloneNode(true);
    all(copy, "input, select, textarea, button").forEach((control) => control.remove());
    return copy.textContent;
  };
  const nameOfClickable = (element) =>
    collapse(referenced(element)) ||
    element.getAttribute("aria-label") ||
    (element.matches("input") ? element.value : "") ||
    collapse(element.innerText) ||
    all(element, "img[alt]").map((image) => image.alt).join(" ") ||
    element.title;
  const namesOfField = (element) => [
    ...[...(element.labels ?? [])].map(withoutControls),
    element.getAttribute("aria-label"),
    referenced(element),
    element.placeholder,
  ];

  // The one that is called exactly so, else the one whose name contains it.
  const theOne = (elements, names) => {
    const called = (fits) => elements.filter((element) => names(element).some((name) => name && fits(fold(name))));
    const exact = called((name) => name === fold(wanted));
    const found = exact.length ? exact : called((name) => name.includes(fold(wanted)));
    if (found.length === 1) return found[0];
    why = found.length
      ? `${found.length} things are called so: ${found.map((one) => collapse(names(one).find(Boolean))).join(", ")}`
      : `nothing is called so; there were: ${elements.map((one) => collapse(names(one).find(Boolean))).join(", ").slice(0, 600)}`;
    return null;
  };

  const CLICKABLE =
    "a[href], button, summary, input[type=submit], input[type=button], input[type=image], " +
    "[role=button], [role=link], [role=tab], [role=menuitem], [role=option], [role=switch]";
  const FIELD = "input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea";

  const clickable = () => {
    const root = scope();
    return root && theOne(all(root, CLICKABLE).filter(visible), (element) => [nameOfClickable(element)]);
  };
  const field = () => {
    const root = scope();
    // A box drawn by a style is an invisible input below its visible label.
    const there = (element) => visible(element) || [...(element.labels ?? [])].some(visible);
    return root && theOne(all(root, FIELD).filter(there), namesOfField);
  };
  const element = () => {
    const root = scope();
    why = `there was nothing like ${wanted}`;
    return root && all(root === page() ? document : root, wanted).find(visible);
  };

  // Where to click it: it must stand still, be ready, and have nothing lying over it.
  const target = async (find) => {
    const found = await find();
    if (!found) return null;
    if (found.matches(":disabled, [aria-disabled=true]")) {
      why = "it was disabled";
      return null;
    }
    if (found.closest(".htmx-added")) {
      why = "htmx was still putting it there";
      return null;
    }
    const spot = visible(found) ? found : [...found.labels].find(visible);
    spot.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const before = spot.getClientRects()[0];
    await frame();
    await frame();
    const after = spot.getClientRects()[0];
    if (!before || !after || before.x !== after.x || before.y !== after.y) {
      why = "it did not stand still";
      return null;
    }
    const point = { x: after.x + after.width / 2, y: after.y + after.height / 2 };
    const hit = document.elementFromPoint(point.x, point.y);
    if (!spot.contains(hit) && hit?.closest("label")?.control !== spot) {
      why = `it lay under ${hit?.outerHTML.slice(0, 120)}`;
      return null;
    }
    return point;
  };

  const change = (element) => {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const verbs = {
    loaded: () => document.readyState === "complete",
    sees: () => {
      const root = scope();
      if (root) why = "it was not to be read";
      return root && reads(root, wanted);
    },
    sees_not: () => {
      const root = scope();
      why = "it could still be read";
      return root ? !reads(root, wanted) : !!document.body;
    },
    at: () => {
      const address = location.pathname + (wanted.includes("?") ? location.search : "");
      why = `it was at ${address}`;
      return address === wanted && document.readyState === "complete";
    },
    text: () => {
      const found = element();
      return found && { text: collapse(textOf(found)) };
    },
    // Where it begins, and how many rows it has.
    lies: () => {
      const found = element();
      return found && { top: Math.round(found.getBoundingClientRect().top), rows: all(found, "tr").filter(visible).length };
    },
    // How far what is in it reaches beyond what can be seen without scrolling sideways, in pixels.
    beyond: () => {
      const found = element();
      return found && { pixels: found.scrollWidth - found.clientWidth };
    },
    // Which of these a reader cannot read to the end: they reach beyond the edge of their grid or under a column that
    // stands still.
    cut: () => {
      const edge = (one) => {
        const grid = one.closest(".grid-wrap") ?? document.documentElement;
        const still = one.closest(".stick") ? null : one.closest("tr")?.querySelector(".stick");
        return (still ?? grid).getBoundingClientRect()[still ? "left" : "right"];
      };
      const found = all(page(), wanted).filter(visible);
      const cut = found.filter((one) => one.getBoundingClientRect().right > edge(one) + 1);
      return { words: cut.map((one) => collapse(textOf(one))) };
    },
    // Which of these are lower than so many pixels.
    lower: () => {
      const low = (one) => Math.max(0, ...[...one.getClientRects()].map((box) => box.height)) < other;
      const found = all(page(), wanted).filter(visible).filter(low);
      return { words: found.map((one) => one.outerHTML.slice(0, 160)) };
    },
    value: () => {
      const found = field();
      return found && { text: found.matches("select") ? found.selectedOptions[0]?.label ?? "" : found.value };
    },
    click: () => target(clickable),
    click_element: () => target(element),
    check: async () => {
      const found = field();
      if (!found) return null;
      return found.checked === other ? { done: true } : target(field);
    },
    // Writable fields are emptied by hand and typed into; those with a picker are set.
    fill: async () => {
      const found = field();
      if (!found || !(await target(field))) return null;
      if (found.matches("input:is([type=date], [type=time], [type=datetime-local], [type=month], [type=range], [type=color])")) {
        found.value = other;
        change(found);
        return { done: true };
      }
      found.focus();
      found.select();
      return { done: false };
    },
    focus: async () => {
      const found = element();
      if (!found || !(await target(element))) return null;
      found.focus();
      return true;
    },
    choose: () => {
      const found = field();
      if (!found) return null;
      const options = [...found.options].filter((option) => !option.disabled);
      const option =
        options.find((option) => fold(option.label) === fold(other)) ??
        options.find((option) => fold(option.label).includes(fold(other)));
      why = `it offers: ${options.map((option) => option.label).join(", ")}`;
      if (!option) return null;
      found.value = option.value;
      change(found);
      return true;
    },
    mark: () => {
      const found = field();
      if (found) globalThis.foundByTest = found;
      return !!found;
    },
  };

  const somethingHappens = () =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => done());
      const timer = setTimeout(() => done(), 50);
      const done = () => {
        observer.disconnect();
        clearTimeout(timer);
        resolve();
      };
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });

  const deadline = performance.now() + limit;
  for (;;) {
    const answer = document.body && (await verbs[verb]());
    if (answer) return { answer };
    if (performance.now() > deadline) return { why };
    await somethingHappens();
  }
}
