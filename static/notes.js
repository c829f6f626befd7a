// Notes and tasks of the organizer at the rows of all lists, and how many are due in the menu. A page
// asks once for all records it shows; see templates/components/notes.html.
//
//   data-notes="order:42" data-of="SO-000042"   a place for the mark of a record, with a way to add
//   data-organizer-due                          where the menu says how many tasks are due
//   data-add-note                               adds on the record of the page: data-record="order:42"
(() => {
  'use strict';

  const { one, all } = window.backfill;
  const AT_ONCE = 200;
  const WITHOUT = new WeakMap();
  // The mark of each record that was asked for; empty: nothing is written about it.
  const known = new Map();
  let asked = 0;
  let named = 0;

  // ── Marks ──────────────────────────────────────────────────────────────────

  // Asks for the records of the page that are not known; for all of them on another page, or when
  // something was written.
  async function ask(anew = !!one('[data-organizer-due]:not([data-asked])')) {
    if (anew) known.clear();
    const shown = new Set(all('[data-notes]').map(place => place.dataset.notes));
    const records = [...shown].filter(record => !known.has(record));
    all('[data-notes], [data-organizer-due]').forEach(place => { place.dataset.asked = ''; });
    markAll();
    if (!anew && !records.length) return;

    const turn = ++asked;
    for (let from = 0; from === 0 || from < records.length; from += AT_ONCE) {
      const part = records.slice(from, from + AT_ONCE);
      const answer = await fetch(`/organizer/marks?of=${part.join(',')}`, { headers: { 'X-By-Itself': 'yes' } }).catch(() => null);
      if (!answer?.ok || answer.redirected || turn !== asked) return;
      const told = new DOMParser().parseFromString(await answer.text(), 'text/html');
      part.forEach(record => known.set(record, one(`[data-mark="${record}"]`, told)?.innerHTML ?? ''));
      markAll();
      all('[data-organizer-due]').forEach(place => { place.innerHTML = one('[data-due]', told)?.innerHTML ?? ''; });
    }
  }

  const markAll = () => all('[data-notes]').filter(place => known.has(place.dataset.notes)).forEach(mark);

  function mark(place) {
    if (!WITHOUT.has(place)) WITHOUT.set(place, place.innerHTML);
    const found = known.get(place.dataset.notes);
    if ((place.dataset.shown ?? '') === found) return;

    const hadFocus = place.contains(document.activeElement);
    place.dataset.shown = found;
    place.innerHTML = found || WITHOUT.get(place);
    const button = one('button', place);
    const texts = one('.notes-texts', place);
    if (texts) {
      button.setAttribute('aria-label', `${button.getAttribute('aria-label')} on ${place.dataset.of}`);
      texts.id = `notes-texts-${named += 1}`;
      button.setAttribute('aria-describedby', texts.id);
    }
    window.htmx.process(place);
    if (hadFocus) button.focus();
  }

  const isNew = () => one('[data-notes]:not([data-asked]), [data-organizer-due]:not([data-asked])');
  document.addEventListener('htmx:afterSettle', () => { if (isNew()) ask(); });
  // It does not bubble.
  document.addEventListener('live', event => { if (event.target.matches('[data-organizer-due]')) ask(true); }, true);

  // ── Texts, on hover and on focus ───────────────────────────────────────────

  const placeOf = element => element?.closest?.('[data-notes]');
  const textsOf = place => place && one('.notes-texts', place);

  function show(place) {
    const texts = textsOf(place);
    if (!texts?.showPopover || texts.matches(':popover-open')) return;
    texts.showPopover();
    const at = one('button', place).getBoundingClientRect();
    const fits = at.bottom + texts.offsetHeight <= innerHeight;
    texts.style.left = `${Math.max(8, Math.min(at.left, innerWidth - texts.offsetWidth - 8))}px`;
    texts.style.top = `${fits ? at.bottom : Math.max(8, at.top - texts.offsetHeight)}px`;
  }

  const hide = place => textsOf(place)?.matches(':popover-open') && textsOf(place).hidePopover();
  const hideAll = () => all('[data-notes]:has(.notes-texts:popover-open)').forEach(hide);

  for (const name of ['pointerover', 'focusin']) {
    document.addEventListener(name, event => show(placeOf(event.target)));
  }
  for (const name of ['pointerout', 'focusout']) {
    document.addEventListener(name, event => {
      const place = placeOf(event.target);
      if (place && !place.contains(event.relatedTarget)) hide(place);
    });
  }
  document.addEventListener('keydown', event => { if (event.key === 'Escape') hideAll(); });
  document.addEventListener('click', hideAll);
  document.addEventListener('scroll', hideAll, true);

  // ── Add new, on the record of the page ─────────────────────────────────────

  document.addEventListener('htmx:configRequest', event => {
    const record = one('[data-record]')?.dataset.record;
    if (record && event.detail.elt.matches('[data-add-note]')) event.detail.parameters.record = record;
  });

  // On the row where the keyboard stands, else on the record of the page.
  window.backfill.addNote = () => {
    const row = one('[data-notes]', document.activeElement.closest('tr') ?? document.createElement('tr'));
    if (!row) return one('[data-add-note]')?.click();
    window.htmx.ajax('GET', `/organizer/new?record=${row.dataset.notes}&stay=yes`, { target: '#dialog-content', swap: 'innerHTML' });
  };

  ask();
})();
