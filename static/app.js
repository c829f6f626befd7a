// What every page needs beyond links, forms and htmx: toasts, dialogs, menus, and a word when a
// request fails. No build step, no inline handler: behaviour hangs on data attributes. Beside it
// stand forms.js (fields and chosen rows), keys.js (keyboard) and live.js (updates from the server).
//
//   data-dialog="#id"         opens that <dialog>; data-close closes the one around it
//   data-stay                 on a form: its dialog stays open when it succeeds
//   data-theme-choice="dark"  a choice of scheme: system, light or dark
(() => {
  'use strict';

  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ── Toasts ─────────────────────────────────────────────────────────────────

  // An error stays until it is dismissed; the rest leave by themselves, not while being read.
  function arm(element) {
    if (element.dataset.armed !== undefined) return;
    element.dataset.armed = '';
    const leave = () => {
      element.classList.add('leaving');
      setTimeout(() => element.remove(), 170);
    };
    one('.close', element)?.addEventListener('click', leave);
    if (element.classList.contains('toast-bad')) return;

    let timer;
    const start = () => { timer = setTimeout(leave, 6000); };
    const stop = () => clearTimeout(timer);
    for (const name of ['pointerenter', 'focusin']) element.addEventListener(name, stop);
    for (const name of ['pointerleave', 'focusout']) element.addEventListener(name, start);
    start();
  }

  function toast({ text, tone = 'ok' }) {
    const region = one('#toasts');
    const pattern = one('#toast-pattern');
    if (!region || !pattern || !text) return;

    const element = pattern.content.firstElementChild.cloneNode(true);
    element.classList.add(`toast-${tone}`);
    if (tone === 'bad') element.setAttribute('role', 'alert');
    one('.toast-text', element).textContent = text;
    raise(region);
    region.append(element);
    arm(element);
  }

  // A modal dialog covers everything outside the top layer; as a popover the toasts stand above it.
  function raise(region) {
    if (!region.showPopover) return;
    region.popover = 'manual';
    if (region.matches(':popover-open')) region.hidePopover();
    region.showPopover();
  }

  // HX-Trigger: {"toast": {"text": "Order 1042 is on hold", "tone": "ok"}}
  document.addEventListener('toast', event => toast(event.detail));

  const armAll = () => all('#toasts .toast').forEach(arm);

  // ── Dialogs ────────────────────────────────────────────────────────────────

  function openDialog(dialog) {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const first = one('[autofocus]', dialog)
      ?? one('.dialog-body :is(input:not([type=hidden]), select, textarea)', dialog);
    first?.focus();
  }

  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) openDialog(one(opener.dataset.dialog));

    event.target.closest('[data-close]')?.closest('dialog')?.close();
    if (event.target.matches('dialog[open]') && isOutside(event)) event.target.close();
  });

  function isOutside({ target, clientX: x, clientY: y }) {
    const box = target.getBoundingClientRect();
    return x < box.left || x > box.right || y < box.top || y > box.bottom;
  }

  // Content that was fetched into a closed dialog opens it.
  document.addEventListener('htmx:afterSwap', event => {
    const target = event.detail.target ?? event.target;
    const dialog = target.closest?.('dialog');
    if (dialog && target.innerHTML.trim()) openDialog(dialog);
  });

  // A form in a dialog that succeeds has done its work. Where it stood is noted when it is sent: an
  // answer may have replaced it by then.
  const dialogs = new WeakMap();
  document.addEventListener('htmx:beforeSend', event => {
    const { elt, xhr, requestConfig } = event.detail;
    const dialog = elt.closest('dialog[open]');
    if (dialog && requestConfig.verb !== 'get' && !elt.closest('[data-stay]')) dialogs.set(xhr, dialog);
  });
  document.addEventListener('htmx:afterRequest', event => {
    const { xhr } = event.detail;
    if (xhr.status >= 200 && xhr.status < 400) dialogs.get(xhr)?.close();
  });

  // ── Requests ───────────────────────────────────────────────────────────────

  let waiting = 0;
  document.addEventListener('htmx:beforeSend', event => {
    waiting += 1;
    root.dataset.busy = '';
    if (event.detail.requestConfig.verb !== 'get') all('#notice, [data-notice]').forEach(place => place.replaceChildren());
  });
  document.addEventListener('htmx:afterRequest', () => {
    waiting = Math.max(0, waiting - 1);
    if (!waiting) delete root.dataset.busy;
  });

  // A problem the server put into words goes where it says; behind an open dialog nobody would see
  // it, so it goes into that one.
  document.addEventListener('htmx:beforeSwap', event => {
    const { detail } = event;
    if (detail.xhr.status < 400 || !detail.xhr.getResponseHeader('HX-Retarget')) return;
    detail.shouldSwap = true;
    detail.isError = false;
    // Notes to read come as a dialog, in place of the one the form stood in.
    const dialog = detail.target.closest('dialog');
    if (dialog) {
      all('dialog[open]').filter(open => open !== dialog).forEach(open => open.close());
      return;
    }
    const open = one('dialog[open] [data-notice]');
    if (open) detail.target = open;
    setTimeout(() => detail.target.scrollIntoView({ block: 'nearest' }), 50);
  });

  const words = {
    403: 'Your role does not allow this.',
    404: 'This is no longer there. Reload the page.',
    500: 'Something went wrong on our side. Nothing was changed; please try again.',
  };
  const fails = text => toast({ tone: 'bad', text });
  document.addEventListener('htmx:responseError', event => {
    const { status } = event.detail.xhr;
    if (status !== 401) fails(words[status] ?? words[500]);
  });
  document.addEventListener('htmx:sendError', () => fails('The server cannot be reached. Check the connection and try again.'));
  document.addEventListener('htmx:timeout', () => fails('The server took too long to answer. Reload to see whether it was done.'));

  // ── Menus and scheme ───────────────────────────────────────────────────────

  function showMenu(shown) {
    if (shown) root.dataset.menu = 'open';
    else delete root.dataset.menu;
    one('.menu-button')?.setAttribute('aria-expanded', String(shown));
  }

  document.addEventListener('click', event => {
    all('.drop[open]').forEach(menu => {
      const chosen = event.target.closest('.drop-item') && !event.target.closest('[data-theme-choice]');
      if (chosen || !menu.contains(event.target)) menu.open = false;
    });
    if (event.target.closest('.menu-button')) showMenu(root.dataset.menu !== 'open');
    else if (root.dataset.menu === 'open' && !event.target.closest('.side')) showMenu(false);

    const choice = event.target.closest('[data-theme-choice]');
    if (choice) setTheme(choice.dataset.themeChoice);
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const menu = one('.drop[open]');
    if (menu) {
      menu.open = false;
      one('summary', menu).focus();
    } else if (root.dataset.menu === 'open') {
      showMenu(false);
    }
  });

  function setTheme(theme) {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Not kept; it holds for this page.
    }
    showTheme();
  }

  function showTheme() {
    const theme = root.dataset.theme ?? 'system';
    all('[data-theme-choice]').forEach(choice => choice.setAttribute('aria-pressed', String(choice.dataset.themeChoice === theme)));
  }

  // ── Start ──────────────────────────────────────────────────────────────────

  const start = () => { armAll(); showTheme(); };
  document.addEventListener('htmx:afterSettle', start);
  start();

  window.backfill = { one, all, toast, openDialog };
})();
