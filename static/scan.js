// Scans are sent one after the other, in the order they were read, and none is lost: what is not
// confirmed is kept in this browser, shown, and sent again until it is. Each has a key of its own, so
// that it counts once however often it arrives.
//
//   <form data-scans="#station">   what its answer replaces; the form itself stays
//   [data-by]                      of the form: who scans
//   [data-scanned]                 its field: what a scanner types anywhere on the page goes there
//   [data-seen]                    of the target: which record was shown when something was scanned
//   #unconfirmed                   lists what is not confirmed yet
//   [data-answer]                  what came of it: its tone is heard as well
(() => {
  'use strict';

  const { one } = window.backfill;
  const form = one('form[data-scans]');
  if (!form) return;

  const field = one('[data-scanned]', form);
  const place = form.dataset.scans;
  const list = one('#unconfirmed', form);
  // Whoever signs in next on this tablet does not send what somebody else scanned.
  const KEPT = `scans ${form.dataset.by} ${form.getAttribute('action')}`;
  const AGAIN = 1500;
  const PATIENCE = 15_000;

  let queue = read();
  let sending = false;
  let trouble = '';

  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) ?? [];
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(queue));
    } catch {
      trouble = 'This browser keeps nothing: do not close the page.';
    }
  }

  // ── What is not confirmed ──────────────────────────────────────────────────

  function draw() {
    list.hidden = queue.length === 0 || (queue.length === 1 && !trouble);
    if (list.hidden) return list.replaceChildren();
    const words = document.createElement('strong');
    words.textContent = `${queue.length} not confirmed yet. ${trouble}`;
    const codes = document.createElement('span');
    codes.textContent = queue.map(scan => scan.code).join(' · ');
    list.replaceChildren(words, codes);
  }

  addEventListener('beforeunload', event => { if (queue.length && trouble) event.preventDefault(); });

  // ── One after the other ────────────────────────────────────────────────────

  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

  function add(code) {
    const fields = new FormData(form);
    fields.set('key', key());
    fields.set('code', code);
    fields.set('seen', one(place)?.dataset.seen ?? '');
    queue.push({ code, fields: [...fields] });
    keep();
    draw();
    send();
  }

  async function send() {
    if (sending || !queue.length) return;
    sending = true;
    while (queue.length && await sendFirst());
    sending = false;
    draw();
    if (queue.length) setTimeout(send, AGAIN);
  }

  // Whether the first is confirmed: counted or refused, but known.
  async function sendFirst() {
    let response;
    let text;
    try {
      response = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(queue[0].fields),
        headers: { 'HX-Request': 'true', 'HX-Target': place.slice(1) },
        signal: AbortSignal.timeout(PATIENCE),
      });
      text = await response.text();
    } catch {
      trouble = 'No network: they are kept here and sent as soon as there is one.';
      draw();
      return false;
    }
    if (response.status >= 500 || response.status === 429) {
      trouble = 'The server does not answer: they are sent again.';
      draw();
      return false;
    }
    if (response.status === 401 || response.headers.get('hx-redirect')) {
      trouble = 'You are signed out: sign in again, nothing is lost.';
      draw();
      if (response.headers.get('hx-redirect')) location.assign(response.headers.get('hx-redirect'));
      return false;
    }
    trouble = '';
    queue.shift();
    keep();
    show(response, text);
    draw();
    return true;
  }

  function show(response, text) {
    const shown = new DOMParser().parseFromString(text, 'text/html').querySelector(place);
    if (!shown) return tell(response, text);
    window.htmx.swap(place, shown.outerHTML, { swapStyle: 'outerHTML' });
    sound(one('[data-answer]', one(place))?.dataset.answer);
  }

  // A refusal that is no answer of the floor: its words stand where the answer would.
  function tell(response, text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const words = page.querySelector('.error, .notice, .problem p')?.textContent.trim() || text.trim();
    const no = document.createElement('div');
    no.className = 'answer answer-bad';
    no.setAttribute('role', 'alert');
    no.innerHTML = '<strong class="answer-word">No</strong><span></span>';
    no.lastChild.textContent = words.slice(0, 300);
    one('.answer', one(place))?.remove();
    one(place)?.prepend(no);
    sound('bad');
  }

  // ── What is heard ──────────────────────────────────────────────────────────

  let audio;

  function tone(pitch, from, length, shape) {
    const note = audio.createOscillator();
    note.type = shape;
    note.frequency.value = pitch;
    const gain = audio.createGain();
    gain.gain.value = 0.15;
    note.connect(gain).connect(audio.destination);
    note.start(audio.currentTime + from);
    note.stop(audio.currentTime + from + length);
  }

  function sound(answer) {
    try {
      audio ??= new AudioContext();
      if (answer === 'bad') for (const from of [0, 0.22]) tone(180, from, 0.18, 'square');
      else tone(880, 0, 0.06, 'sine');
    } catch {
      // A browser without sound still shows it.
    }
  }

  // ── The field ──────────────────────────────────────────────────────────────

  form.addEventListener('submit', event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const code = field.value.trim();
    field.value = '';
    field.focus();
    if (code) add(code);
  }, true);

  // The next scan belongs there, whatever was pressed before.
  const home = () => { if (!one('dialog[open]') && document.activeElement === document.body) field.focus(); };
  for (const name of ['htmx:afterSettle', 'htmx:afterRequest', 'close']) document.addEventListener(name, () => setTimeout(home), true);
  addEventListener('online', send);

  draw();
  send();
})();
