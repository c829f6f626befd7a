// Fields, forms and chosen rows.
//
//   data-warn-dirty                      asks before the page is left with unsaved entries
//   data-changed                         holds unsaved entries, whatever its fields say
//   data-submit-on-change                sends the form as soon as a choice is made
//   data-passing                         its answer is dropped once it left the page
//   data-fill="#id" data-value="15"      writes the value into the field
//   data-fill-each="wanted" data-in="#form"   into each field with data-wanted="..", that value
//   <select data-options="#places">      offers what that template holds, once somebody goes there
//   data-add-row="#rows", data-remove-row    one more row like the last one, empty; this row no more
//   .qty with data-full, [data-difference]   marks its row as over or under, and says so there
//   data-select, data-select-all, data-select-none, data-selected-count, .bulk
//                                        chosen rows within a form or [data-selection]
(() => {
  'use strict';

  const { one, all } = window.backfill;

  // ── One press, one request ─────────────────────────────────────────────────

  // What was sent is not sent again before its answer is there. The server refuses a second one
  // too; this spares the reader the refusal.
  const BY_HTMX = '[hx-post], [hx-put], [hx-patch], [hx-delete]';
  const isSent = element => element.dataset.sent !== undefined;
  const buttons = element => element.matches('form')
    ? [...element.elements].filter(field => field.matches('button:not([type=button])'))
    : [element];

  // Buttons are remembered: one that stands outside of its form loses it when an answer replaces it.
  const held = new WeakMap();

  function hold(element) {
    element.dataset.sent = '';
    held.set(element, buttons(element));
    held.get(element).forEach(button => button.setAttribute('aria-disabled', 'true'));
  }

  function release(element) {
    if (!element?.dataset || !isSent(element)) return;
    delete element.dataset.sent;
    (held.get(element) ?? buttons(element)).forEach(button => button.removeAttribute('aria-disabled'));
  }

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' && !form.matches(BY_HTMX)) return;
    if (isSent(form)) return stop(event);

    // After every handler had its say: what one of them prevented is not under way.
    setTimeout(() => {
      const underWay = form.matches(BY_HTMX) ? form.classList.contains('htmx-request') : !event.defaultPrevented;
      if (underWay) hold(form);
    });
  }, true);

  document.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) return;
    if (isSent(button) || button.getAttribute('aria-disabled') === 'true') return stop(event);
    if (button.matches(BY_HTMX)) setTimeout(() => { if (button.classList.contains('htmx-request')) hold(button); });
  }, true);

  // Of the form that asked: an answer may have taken its place, and then the event is not its own.
  document.addEventListener('htmx:afterRequest', event => release(event.detail.requestConfig.elt));

  // What was asked for by something that left the page meanwhile would change what left with it.
  document.addEventListener('htmx:beforeSend', ({ detail: { elt } }) => {
    if (!elt.matches('[data-passing]')) return;
    elt.addEventListener('htmx:beforeOnLoad', event => {
      if (!elt.isConnected) event.preventDefault();
    }, { once: true });
  });

  // Back from the next page, as it was left.
  addEventListener('pageshow', event => { if (event.persisted) all('[data-sent]').forEach(release); });

  // ── Unsaved entries ────────────────────────────────────────────────────────

  const NOT_AN_ENTRY = '[data-select], [data-select-all], [type=search], [type=hidden], [type=submit], :disabled';

  function isChanged(field) {
    if (field.matches(NOT_AN_ENTRY)) return false;
    if (field.matches('[type=checkbox], [type=radio]')) return field.checked !== field.defaultChecked;
    if (!field.matches('select')) return field.value !== field.defaultValue;
    const given = [...field.options].findIndex(option => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, given);
  }

  const isDirty = within => within.matches?.('[data-changed]') || one('[data-changed]', within) !== null ||
    all('input, select, textarea', within).some(isChanged);

  // A row that is taken out is a change as well.
  document.addEventListener('htmx:beforeSwap', ({ target, detail: { requestConfig } }) => {
    if (requestConfig.elt.getAttribute('hx-swap') === 'delete') target.closest('form[data-warn-dirty]')?.setAttribute('data-changed', '');
  });

  addEventListener('beforeunload', event => {
    if (all('form[data-warn-dirty]').some(form => !isSent(form) && isDirty(form))) event.preventDefault();
  });

  // ── Fields that fill fields ────────────────────────────────────────────────

  function fill(field, value) {
    if (!field || field.disabled || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-fill], [data-fill-each]');
    if (!button) return;
    const { fill: id, fillEach: name, value } = button.dataset;
    if (id) return fill(one(id), value);

    const within = button.dataset.in ? one(button.dataset.in) : button.closest('form') ?? document;
    all(`[data-${name}]`, within).forEach(field => fill(field, field.getAttribute(`data-${name}`)));
  });

  // What the many rows of a form offer is sent once.
  function offer(event) {
    const select = event.target.closest?.('select[data-options]');
    if (!select) return;
    const there = [...select.options].map(option => option.value);
    const offered = all('option', one(select.dataset.options).content);
    delete select.dataset.options;
    select.append(...offered.filter(option => !there.includes(option.value)).map(option => option.cloneNode(true)));
  }
  for (const name of ['pointerdown', 'focusin']) document.addEventListener(name, offer, true);

  document.addEventListener('change', event => {
    const form = event.target.closest('form[data-submit-on-change]');
    if (form && !event.target.matches('[type=search], [type=text]')) form.requestSubmit();
  });

  // A box that knows how much is to come says at once when it is more or less.
  document.addEventListener('input', event => {
    const box = event.target;
    if (!box.matches?.('.qty[data-full]')) return;
    const difference = box.value === '' ? 0 : Number(box.value) - Number(box.dataset.full);
    const row = box.closest('tr');
    row.classList.toggle('over', difference > 0);
    row.classList.toggle('under', difference < 0);
    const word = one('[data-difference]', row);
    if (word) word.textContent = difference ? `${Math.abs(difference)} ${difference > 0 ? 'over' : 'under'}` : '';
  });

  // In a column of quantities, Enter and the arrows walk as in a spreadsheet.
  document.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches?.('.grid .qty')) return;
    const column = all('.qty:not(:disabled)', event.target.closest('.grid'));
    event.preventDefault();
    column[column.indexOf(event.target) + step]?.focus();
  });
  document.addEventListener('focusin', event => { if (event.target.matches('.qty')) event.target.select(); });

  // ── Rows that come and go ──────────────────────────────────────────────────

  function clear(row) {
    all('.error', row).forEach(complaint => complaint.remove());
    for (const field of all('input', row)) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
      field.value = '';
    }
  }

  document.addEventListener('click', event => {
    const add = event.target.closest('[data-add-row]');
    if (add) {
      const rows = one(add.dataset.addRow);
      const row = rows.lastElementChild.cloneNode(true);
      clear(row);
      rows.append(row);
      window.htmx?.process(row);
      one('input', row).focus();
    }
    const row = event.target.closest('[data-remove-row]')?.parentElement;
    if (!row) return;
    const next = one('input', row.nextElementSibling ?? row.previousElementSibling ?? row);
    if (next.closest('.form-line') === row) clear(row);
    else row.remove();
    next.focus();
  });

  // ── Chosen rows ────────────────────────────────────────────────────────────

  const scope = element => element.closest('[data-selection], form') ?? document;
  let last = null;

  function count(within) {
    const boxes = all('[data-select]', within);
    const chosen = boxes.filter(box => box.checked).length;
    all('[data-selected-count]', within).forEach(place => { place.textContent = chosen; });
    all('.bulk', within).forEach(bar => { bar.hidden = chosen === 0; });
    all('[data-select-all]', within).forEach(box => {
      box.checked = chosen > 0 && chosen === boxes.length;
      box.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  }

  document.addEventListener('click', event => {
    const box = event.target;
    const boxes = () => all('[data-select]:not(:disabled)', scope(box));
    if (box.matches('[data-select-all]')) {
      boxes().forEach(other => { other.checked = box.checked; });
    } else if (box.matches('[data-select-none]')) {
      boxes().forEach(other => { other.checked = false; });
    } else if (box.matches('[data-select]')) {
      const [from, to] = [boxes().indexOf(last), boxes().indexOf(box)].sort((a, b) => a - b);
      if (event.shiftKey && from >= 0) boxes().slice(from, to + 1).forEach(other => { other.checked = box.checked; });
      last = box;
    } else {
      return;
    }
    count(scope(box));
  });

  // ── Files dropped on their field ───────────────────────────────────────────

  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, event => {
      const place = event.target.closest?.('.drop-file');
      if (!place) return;
      event.preventDefault();
      place.classList.toggle('over', name === 'dragover');
      const field = one('input[type=file]', place);
      if (name !== 'drop' || !field || !event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }

  // ── Start ──────────────────────────────────────────────────────────────────

  const countAll = () => new Set(all('[data-select]').map(scope)).forEach(count);
  document.addEventListener('htmx:afterSettle', countAll);
  countAll();

  Object.assign(window.backfill, { isDirty });
})();
