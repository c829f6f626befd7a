// Pages that update themselves. One stream for the page; each message is a topic: order:42,
// warehouse:1, orders, order:* for many orders at once, or * for "look at everything again".
//
//   <body data-live>                        this page listens
//   data-live-topic="order:42 orders"       gets the event `live` when one of its topics changed, as in
//   <section data-live-topic="warehouse:1" hx-get="/preparation?tab=partial" hx-trigger="live" hx-select=..>
//   <a data-reopen href=".." hx-get=".." hx-target="#why-7">
//                                           what it opened is asked for again after a refresh
//
// Nothing is refreshed under somebody's hands: not while a pointer is down in it, not while it holds
// entries that were not saved, not while a dialog or menu in it is open, not before the answer to what
// somebody asked for is there: it would replace what is typed meanwhile. It is made up for after. Of a
// list whose rows come and go, offers.js says when they may.
(() => {
  'use strict';

  const { one, all, isDirty, admits } = window.backfill;
  const BURST = 300;
  const due = new Map();
  let pressed = null;
  let asked = 0;

  const isLive = event => event.detail.requestConfig?.triggeringEvent?.type === 'live';

  // Whether somebody is at work in it, so that it has to wait; it remembers that it does.
  function mustWait(element) {
    const stale = isDirty(element);
    const waits = stale || asked > 0 || (pressed && element.contains(pressed)) || one('dialog[open], .drop[open]', element);
    element.toggleAttribute('data-stale', stale);
    element.toggleAttribute('data-waits', Boolean(waits));
    return waits;
  }

  function refresh(element) {
    due.delete(element);
    if (element.isConnected && !mustWait(element)) element.dispatchEvent(new CustomEvent('live'));
  }

  function refreshSoon(element) {
    if (!due.has(element)) due.set(element, setTimeout(refresh, BURST, element));
  }

  // order:* stands for so many orders that they are not named one by one.
  function concerns(topic, listened) {
    if (topic === '*' || topic === listened) return true;
    return topic.endsWith(':*') && listened.startsWith(topic.slice(0, -1));
  }

  function hear(topic) {
    all('[data-live-topic]').forEach(element => {
      const topics = element.dataset.liveTopic.split(/\s+/);
      if (topics.some(listened => concerns(topic, listened))) refreshSoon(element);
    });
  }

  // ── Making up for what had to wait ─────────────────────────────────────────

  const retry = () => setTimeout(() => all('[data-waits]').forEach(refreshSoon));
  const letGo = () => { pressed = null; retry(); };

  document.addEventListener('pointerdown', event => { pressed = event.target; });
  for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, letGo);
  for (const name of ['focusout', 'change', 'reset', 'toggle', 'close']) document.addEventListener(name, retry, true);

  // A session that only keeps itself up to date is idle.
  document.addEventListener('htmx:configRequest', event => {
    if (['live', 'load', undefined].includes(event.detail.triggeringEvent?.type)) event.detail.headers['X-By-Itself'] = 'yes';
  });
  document.addEventListener('htmx:beforeSend', event => { if (!isLive(event)) asked += 1; });
  document.addEventListener('htmx:afterRequest', event => {
    if (isLive(event)) return;
    asked = Math.max(0, asked - 1);
    if (asked === 0) retry();
  });

  // ── What was chosen and where the keyboard stood survive a refresh ─────────

  let before = null;

  document.addEventListener('htmx:beforeSwap', event => {
    const { target } = event.detail;
    if (!isLive(event) || !target) return;
    // The answer was on its way when a dialog in it was opened.
    if (mustWait(target) || !admits(target, event.detail.serverResponse)) {
      event.detail.shouldSwap = false;
      return;
    }
    const at = target.contains(document.activeElement) ? document.activeElement : null;
    before = {
      chosen: all('[data-select]:checked', target).map(box => box.value),
      scrolled: all('.grid-wrap', target).map(frame => frame.scrollTop),
      unfolded: all('details[id][open]', target).map(details => `#${CSS.escape(details.id)}`),
      opened: all('[data-reopen]', target)
        .filter(link => one(link.getAttribute('hx-target'))?.childElementCount)
        .map(link => link.getAttribute('href')),
      focus: at?.id ? `#${CSS.escape(at.id)}` : at?.matches('a[href]') && `a[href="${CSS.escape(at.getAttribute('href'))}"]`,
    };
  });

  // In the capturing phase, before forms.js counts what is chosen.
  document.addEventListener('htmx:afterSettle', event => {
    if (!before || !isLive(event)) return;
    const place = event.target.closest?.('[data-live-topic]') ?? document;
    all('[data-select]', place).forEach(box => { box.checked = before.chosen.includes(box.value); });
    all('.grid-wrap', place).forEach((frame, at) => { frame.scrollTop = before.scrolled[at] ?? 0; });
    before.unfolded.forEach(id => one(id, place)?.setAttribute('open', ''));
    before.opened.forEach(href => one(`[data-reopen][href="${CSS.escape(href)}"]`, place)?.click());
    if (before.focus) one(before.focus, place)?.focus({ preventScroll: true });
    before = null;
    if (place === document) return;
    place.classList.add('refreshed');
    setTimeout(() => place.classList.remove('refreshed'), 1200);
  }, true);

  // ── The stream ─────────────────────────────────────────────────────────────

  let stream = null;
  let missed = false;

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource('/events');
    stream.onopen = () => {
      if (missed) hear('*');
      missed = false;
    };
    stream.onmessage = message => hear(message.data);
    stream.onerror = () => {
      missed = true;
      if (stream?.readyState !== EventSource.CLOSED) return;
      stream = null;
      setTimeout(listen, 5000);
    };
  }

  function hangUp() {
    stream?.close();
    stream = null;
    missed = true;
  }

  if (document.body.dataset.live === undefined) return;
  listen();

  // A browser opens six connections to one server; pages that nobody looks at give theirs back.
  let pause;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(pause);
    if (document.hidden) pause = setTimeout(hangUp, 30_000);
    else listen();
  });
  addEventListener('pagehide', hangUp);
  addEventListener('pageshow', event => { if (event.persisted) listen(); });
})();
