// The keyboard: places, search, rows, and scanners, which type fast and end with Enter.
// templates/components/keys.html lists the same keys.
//
//   #search         the search box of every page: Ctrl K goes there, and what is scanned
//   [data-scanned]  of a page that has one: what is scanned goes there instead
//   data-search     the page's own search field, for the key /
//   .row-link       the link of a row of a .grid: j and k walk over them, a click on the row follows it
(() => {
  'use strict';

  const { one, all, openDialog } = window.backfill;

  const PLACES = {
    d: '/', o: '/orders', p: '/preparation', r: '/replenishment', u: '/purchase-orders',
    c: '/receptions', m: '/products', s: '/stock', n: '/organizer',
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

  // What a key does outside of fields; whether it does anything.
  function press({ key, timeStamp }) {
    if (one('dialog[open]')) return false;
    const going = timeStamp - wentAt < 1500;
    wentAt = key === 'g' ? timeStamp : -Infinity;
    const inGrid = document.activeElement.closest('.grid tbody');

    if (going && PLACES[key]) location.assign(PLACES[key]);
    else if (key === '/') search();
    else if (key === '?') openDialog(one('#keys'));
    else if (key === 'n') window.backfill.addNote();
    else if (key === 'j' || (key === 'ArrowDown' && inGrid)) walk(1);
    else if (key === 'k' || (key === 'ArrowUp' && inGrid)) walk(-1);
    else if (key === 'x' && inGrid) document.activeElement.closest('tr').querySelector('[data-select]')?.click();
    else return false;
    return true;
  }

  // No hand types this fast, and no code is shorter.
  const SCANNER_MS = 60;
  const SHORTEST_CODE = 3;
  let burst = [];
  let pause;

  // It was a hand: each key does what it does.
  function byHand() {
    clearTimeout(pause);
    burst.splice(0).forEach(press);
  }

  // It was a scanner. In front of an open dialog nothing happens, and no button is pressed by the Enter.
  function scanned() {
    clearTimeout(pause);
    const code = burst.splice(0).map(event => event.key).join('').trim();
    const field = one('[data-scanned]') ?? one('#search');
    if (!field || one('dialog[open]')) return;
    field.value = code;
    field.form.requestSubmit();
  }

  // What parts the fields of a GS1 symbol: scanners press Ctrl and ] for it, which no browser writes.
  const SEPARATOR = '\u241d';
  const isSeparator = event => event.ctrlKey && (event.key === ']' || event.code === 'BracketRight');

  document.addEventListener('keydown', event => {
    if (!isSeparator(event) || event.altKey || event.metaKey) return;
    const { target } = event;
    if (target.matches?.('input[type=text], input[type=search]')) {
      target.setRangeText(SEPARATOR, target.selectionStart, target.selectionEnd, 'end');
      target.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (burst.length) {
      burst.push({ key: SEPARATOR });
      clearTimeout(pause);
      pause = setTimeout(byHand, SCANNER_MS);
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener('keydown', event => {
    const { key, target } = event;
    if (key === 'Escape' && target.matches?.('[type=search]')) return target.blur();
    if (key === 'k' && (event.ctrlKey || event.metaKey) && one('#search')) {
      one('#search').select();
      return event.preventDefault();
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;

    // No code begins with a blank or a slash.
    const isLetter = key.length === 1 && (burst.length > 0 || !' /'.includes(key)) && !event.repeat;
    if (isLetter) {
      burst.push(event);
      clearTimeout(pause);
      pause = setTimeout(byHand, SCANNER_MS);
    } else if (key === 'Enter' && burst.length >= SHORTEST_CODE) {
      scanned();
    } else {
      if (key !== 'Shift') byHand();
      // The keys before it may have walked to another row.
      if (key === 'Enter' && document.activeElement !== target) document.activeElement.click();
      else if (!press(event)) return;
    }
    event.preventDefault();
  });
})();
