// Lists whose rows come and go while somebody works in them: nothing moves under a hand.
//
//   <section id="results" data-live-topic=".." data-live-offer="order orders">
//     <span data-at-once>4</span>           follows at once
//     <p data-offer><span></span> <button data-offer-take>    offers what is new; its place is kept free
//     <tr data-row="42">                    comes and goes
//
// A hand is at work while the pointer is over the rows, the keyboard is in the list, a row is chosen,
// the list is scrolled, or a text field of the page is half typed. Then the rows stay as they are, and
// what is new is offered. It comes by itself once the hand is gone, and after what somebody did there.
(() => {
  'use strict';

  const { one, all } = window.backfill;
  const LOOK = 1000;
  const TYPED = 'input[type=search], input[type=text], input:not([type])';
  const taken = new WeakSet();

  function isAtWork(element) {
    const frames = all('.grid-wrap', element);
    return one('[data-row]', element) !== null && (
      frames.some(frame => frame.matches(':hover') || frame.scrollTop > 0) || scrollY > 0 ||
      element.contains(document.activeElement) || one('[data-select]:checked', element) !== null ||
      all(TYPED).some(field => field.value !== field.defaultValue));
  }

  // ── What is new ────────────────────────────────────────────────────────────

  const keys = list => all('[data-row]', list).map(row => row.dataset.row);
  const goesOn = list => one('.pager [rel=next]', list) !== null;
  const words = list => all('[data-row]', list).map(textOf).join('\n');

  // Without the marks of notes, which come later (notes.js).
  function textOf(row) {
    const copy = row.cloneNode(true);
    all('[data-notes]', copy).forEach(mark => mark.remove());
    return copy.textContent.replace(/\s+/g, ' ');
  }

  // Those that only the first has. A row that merely moved over the edge of the page is not counted.
  function only(these, those, hasEdge) {
    const last = hasEdge ? these.findLastIndex(key => those.includes(key)) : these.length;
    return these.slice(0, last + 1).filter(key => !those.includes(key)).length;
  }

  function difference(element, fresh) {
    const [was, now] = [keys(element), keys(fresh)];
    const [order, orders] = element.dataset.liveOffer.split(' ');
    const are = (many, noun) => `${many}${noun ? ` ${many === 1 ? order : orders}` : ''} ${many === 1 ? 'is' : 'are'}`;
    const [come, gone] = [only(now, was, goesOn(element)), only(was, now, goesOn(fresh))];
    const said = [come && `${are(come, true)} new here`, gone && `${are(gone, !come)} gone`].filter(Boolean);
    return said.join(', ') || `Something about these ${orders} is new`;
  }

  function offer(element, text) {
    element.toggleAttribute('data-offered', text !== '');
    one('[data-offer] span', element).textContent = text;
  }

  // Whether an answer may take the place of the list now; else it is offered.
  function admits(element, answer) {
    if (element.dataset.liveOffer === undefined || taken.has(element) || !isAtWork(element)) return true;
    const fresh = new DOMParser().parseFromString(answer, 'text/html').getElementById(element.id);
    if (!fresh) return true;

    const news = all('[data-at-once]', fresh);
    all('[data-at-once]', element).forEach((place, at) => { place.textContent = news[at]?.textContent ?? ''; });
    offer(element, words(element) === words(fresh) ? '' : difference(element, fresh));
    return false;
  }

  // ── It is taken ────────────────────────────────────────────────────────────

  function take(element) {
    taken.add(element);
    element.dispatchEvent(new CustomEvent('live'));
  }

  document.addEventListener('click', event => {
    const list = event.target.closest('[data-offer-take]')?.closest('[data-live-offer]');
    if (list) take(list);
  });

  setInterval(() => {
    all('[data-offered]').filter(list => !isAtWork(list)).forEach(list => list.dispatchEvent(new CustomEvent('live')));
  }, LOOK);

  // What was asked in a dialog belongs to the list the dialog was opened from.
  let from = null;
  document.addEventListener('htmx:beforeSend', ({ detail: { elt, target } }) => {
    if (target?.closest('dialog') && !elt.closest('dialog')) from = elt.closest('[data-live-offer]');
  });
  document.addEventListener('htmx:afterRequest', ({ detail: { elt, successful, requestConfig } }) => {
    if (!successful || requestConfig.verb === 'get') return;
    const list = elt.closest('[data-live-offer]') ?? (elt.closest('dialog') && from);
    if (list?.isConnected) take(list);
  });

  Object.assign(window.backfill, { admits });
})();
