// Scans are sent one after the other, in the order they were read, and none is lost: what is not
// confirmed is kept in this browser, shown on every page of the floor, and sent again until it is. Each
// has a key of its own, so that it counts once however often it arrives. Loaded before the page is there,
// so that no form of the floor is ever sent without it.
//
//   #unconfirmed[data-by]          lists what is not confirmed yet of whoever is signed in
//   <form data-scans="#station">   what its answer replaces; the form itself stays
//   [data-scanned]                 its field: what a scanner types anywhere on the page goes there
//   [data-seen]                    of the target: which record was shown when something was scanned
//   [data-answer]                  what came of it: its tone is heard as well
(() => {
  'use strict';

  const AGAIN = 1500;
  const PATIENCE = 15_000;
  const TRIES = 5;

  const one = (selector, within = document) => within.querySelector(selector);
  const form = () => one('form[data-scans]');
  const target = () => one(form()?.dataset.scans ?? ':not(*)');
  const isFloor = () => one('#unconfirmed') !== null;
  const kept = () => `scans ${one('#unconfirmed')?.dataset.by}`;

  let sending = false;
  let trouble = '';

  // ── What is not confirmed ──────────────────────────────────────────────────

  // Other pages of this browser write there as well.
  let memory = [];

  function queue() {
    try {
      return JSON.parse(localStorage.getItem(kept())) ?? [];
    } catch {
      return memory;
    }
  }

  function keep(scans) {
    memory = scans;
    try {
      localStorage.setItem(kept(), JSON.stringify(scans));
    } catch {
      trouble = 'This browser keeps nothing: do not close the page.';
    }
  }

  const without = scan => keep(queue().filter(other => other.key !== scan.key));

  function draw() {
    const list = one('#unconfirmed');
    if (!list) return;
    const scans = queue();
    list.hidden = scans.length === 0 || (scans.length === 1 && !trouble);
    if (list.hidden) return list.replaceChildren();
    const words = document.createElement('strong');
    words.textContent = `${scans.length} not confirmed yet. ${trouble}`;
    const codes = document.createElement('span');
    codes.textContent = scans.map(scan => scan.code).join(' · ');
    list.replaceChildren(words, codes);
    if (scans[0].tries >= TRIES) list.append(giveUp(scans[0]));
  }

  // One that the server fails on again and again does not keep the others for ever.
  function giveUp(scan) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-small';
    button.textContent = `Give up ${scan.code}`;
    button.addEventListener('click', () => { without(scan); trouble = ''; draw(); send(); });
    return button;
  }

  addEventListener('beforeunload', event => { if (trouble && queue().length) event.preventDefault(); });

  // ── One after the other ────────────────────────────────────────────────────

  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

  function add(code) {
    const fields = new FormData(form());
    const key = fresh();
    fields.set('key', key);
    fields.set('code', code);
    fields.set('seen', target()?.dataset.seen ?? '');
    const action = form().getAttribute('action');
    keep([...queue(), { key, code, action, target: form().dataset.scans, fields: [...fields], tries: 0 }]);
    draw();
    send();
  }

  // Two pages of a browser do not send at once.
  const alone = work => navigator.locks ? navigator.locks.request(kept(), work) : work();

  async function send() {
    if (sending || !isFloor() || !queue().length) return;
    sending = true;
    await alone(async () => { while (queue().length && await sendFirst(queue()[0])); });
    sending = false;
    draw();
    if (queue().length) setTimeout(send, AGAIN);
  }

  // Whether it is confirmed: counted or refused, but known.
  async function sendFirst(scan) {
    let response;
    let text;
    try {
      response = await fetch(scan.action, {
        method: 'POST',
        body: new URLSearchParams(scan.fields),
        headers: { 'HX-Request': 'true', 'HX-Target': scan.target.slice(1) },
        signal: AbortSignal.timeout(PATIENCE),
      });
      text = await response.text();
    } catch {
      return isTrouble('No network: they are kept here and sent as soon as there is one.');
    }
    if (response.status === 401 || response.headers.get('hx-redirect')) {
      isTrouble('You are signed out: sign in again, nothing is lost.');
      if (response.headers.get('hx-redirect')) location.assign(response.headers.get('hx-redirect'));
      return false;
    }
    if (response.status >= 500 || response.status === 408 || response.headers.has('Retry-After')) {
      const tries = scan.tries + (response.status === 500);
      keep(queue().map(other => other.key === scan.key ? { ...other, tries } : other));
      return isTrouble('The server does not answer: they are sent again.');
    }
    trouble = '';
    without(scan);
    show(scan, response, text);
    draw();
    return true;
  }

  function isTrouble(words) {
    trouble = words;
    draw();
    return false;
  }

  function show(scan, response, text) {
    const answered = new DOMParser().parseFromString(text, 'text/html');
    if (scan.action !== form()?.getAttribute('action')) return tellElsewhere(scan, answered);
    const shown = one(scan.target, answered);
    if (!shown) return tell(answered, text);
    window.htmx.swap(scan.target, shown.outerHTML, { swapStyle: 'outerHTML' });
    sound(one('[data-answer]', target())?.dataset.answer);
  }

  // What was scanned on another page is told where its answer has no place.
  function tellElsewhere(scan, answered) {
    const answer = one('[data-answer]', answered);
    const tone = answer?.dataset.answer === 'bad' ? 'bad' : 'ok';
    const text = `${scan.code}: ${answer?.textContent.trim() || 'sent.'}`;
    document.dispatchEvent(new CustomEvent('toast', { detail: { text, tone } }));
    if (tone === 'bad') sound('bad');
  }

  // A refusal that is no answer of the floor: its words stand where the answer would.
  function tell(answered, text) {
    const words = one('.error, .notice, .problem p', answered)?.textContent.trim() || text.trim();
    const no = document.createElement('div');
    no.className = 'answer answer-bad';
    no.setAttribute('role', 'alert');
    no.innerHTML = '<strong class="answer-word">No</strong><span></span>';
    no.lastChild.textContent = words.slice(0, 300);
    one('.answer', target())?.remove();
    target()?.prepend(no);
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

  // What is scanned is kept. Anything else that changes something waits until all scans are confirmed:
  // an undo that overtakes them would take back another one.
  addEventListener('submit', event => {
    const submitted = event.target;
    const isScan = submitted === form();
    const waits = !isScan && isFloor() && queue().length > 0 && submitted.method === 'post';
    if (!isScan && !waits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waits) return document.dispatchEvent(new CustomEvent('toast', {
      detail: { text: 'Scans are not confirmed yet: wait for them, then do it again.', tone: 'bad' },
    }));
    const field = one('[data-scanned]', submitted);
    const code = field.value.trim();
    field.value = '';
    field.focus();
    if (code) add(code);
  }, true);

  // The next scan belongs there, whatever was pressed before.
  function home() {
    if (!one('dialog[open]') && document.activeElement === document.body) one('[data-scanned]')?.focus();
  }

  for (const name of ['htmx:afterSettle', 'htmx:afterRequest', 'close']) addEventListener(name, () => setTimeout(home), true);
  // From then on there is the list, and htmx; a page may also come in the place of another.
  const begin = () => { draw(); send(); };
  for (const name of ['DOMContentLoaded', 'htmx:afterSettle', 'online']) addEventListener(name, begin);
})();
