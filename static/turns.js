// The turn of a line in the queue of a product: dragged before others it is pinned, dragged back it
// takes its turn again. With the keyboard: Alt and an arrow on its row. Both only press the button of
// the row, which shows first what it would do.
//
//   tr[data-turn="pin"], tr[data-turn="unpin"]   a line, and what can be done to it
//   [data-turn-button]                           the button that asks
(() => {
  'use strict';

  const LINE = 'tr[data-turn]';
  const ask = line => line.querySelector('[data-turn-button]')?.click();
  let dragged = null;

  // A pinned line goes back among the others; one that is not goes before some.
  function mayDrop(line) {
    if (!dragged || !line || line === dragged || line.parentElement !== dragged.parentElement) return false;
    const isAbove = Boolean(line.compareDocumentPosition(dragged) & Node.DOCUMENT_POSITION_FOLLOWING);
    return isAbove === (dragged.dataset.turn === 'pin');
  }

  document.addEventListener('dragstart', event => {
    dragged = event.target.closest?.(LINE) ?? null;
    if (dragged) event.dataTransfer.effectAllowed = 'move';
  });
  document.addEventListener('dragover', event => {
    const line = event.target.closest?.(LINE);
    document.querySelectorAll('.drop-here').forEach(each => each.classList.remove('drop-here'));
    if (!mayDrop(line)) return;
    event.preventDefault();
    line.classList.add('drop-here');
  });
  document.addEventListener('drop', event => {
    if (!mayDrop(event.target.closest?.(LINE))) return;
    event.preventDefault();
    ask(dragged);
  });
  document.addEventListener('dragend', () => {
    document.querySelectorAll('.drop-here').forEach(each => each.classList.remove('drop-here'));
    dragged = null;
  });

  document.addEventListener('keydown', event => {
    const line = event.target.closest?.(LINE);
    const turn = { ArrowUp: 'pin', ArrowDown: 'unpin' }[event.key];
    if (!line || !event.altKey || line.dataset.turn !== turn) return;
    event.preventDefault();
    ask(line);
  });
})();
