'use strict';
// What a reader has set survives a reload. A browser that keeps nothing for files on a disk is used without.
const kept = {
  get(name) {
    try { return JSON.parse(localStorage.getItem('gradmark ' + name)); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem('gradmark ' + name, JSON.stringify(value)); } catch { /* kept until the page is left */ }
  },
};
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const look = document.getElementById('look-' + kept.get('look'));
if (look) look.checked = true;
for (const input of all('input[name=look]')) input.addEventListener('change', () => kept.set('look', input.value));
