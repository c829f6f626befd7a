// The keyboard: places, search, rows. templates/components/keys.html lists the same keys.
//
//   data-search     the page's own search field, for the key /
//   .row-link       the link of a row of a .grid: j and k walk over them, a click on the row follows it
(() => {
  'use strict';

  const { one, all, openDialog } = window.backfill;

  const PLACES = {
    d: '/', o: '/orders', p: '/preparation', r: '/replenishment', u: '/purchase-orders',
    c: '/receptions', m: '/products', s: '/stock',
  };
  const MEANT = 'a, button, input, select, textarea, label, summary, dialog';
  const NOT_TYPED_IN = '[type=checkbox], [type=radio], [type=button], [type=submit]';
  const isTyping = element => element.matches?.(`textarea, select, [contenteditable], input:not(${NOT_TYPED_IN})`);

  // The whole row is its link, unless something in it is meant, or words of it are being copied.
  document.addEventListener('click', event => {
    const link = event.target.closest('.grid tbody tr')?.querySelector('.row-link');
    if (!link || event.target.closest(MEANT) || getSelection().toString()) return;
    const { ctrlKey, metaKey, shiftKey } = event;
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  });

  function walk(step) {
    const links = all('.grid tbody .row-link').filter(link => link.offsetParent);
    if (!links.length) return;
    const row = document.activeElement.closest('tr');
    const here = links.findIndex(link => row?.contains(link));
    const start = step > 0 ? 0 : links.length - 1;
    const next = links[here < 0 ? start : Math.min(links.length - 1, Math.max(0, here + step))];
    next.focus({ focusVisible: true });
    next.scrollIntoView({ block: 'nearest' });
  }

  function search() {
    const field = one('[data-search]') ?? one('#search');
    field?.focus();
    field?.select();
  }

  let wentAt = -Infinity;

  document.addEventListener('keydown', event => {
    const { key, target } = event;
    if (key === 'Escape' && target.matches?.('[type=search]')) return target.blur();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || one('dialog[open]')) return;

    const going = event.timeStamp - wentAt < 1500;
    wentAt = key === 'g' ? event.timeStamp : -Infinity;
    const inGrid = target.closest?.('.grid tbody');

    if (going && PLACES[key]) location.assign(PLACES[key]);
    else if (key === '/') search();
    else if (key === '?') openDialog(one('#keys'));
    else if (key === 'j' || (key === 'ArrowDown' && inGrid)) walk(1);
    else if (key === 'k' || (key === 'ArrowUp' && inGrid)) walk(-1);
    else if (key === 'x' && inGrid) target.closest('tr').querySelector('[data-select]')?.click();
    else return;
    event.preventDefault();
  });
})();
