// Keys for the marking pages. Everything that they do stands on the page as a link, a button or a field; this only presses it.
(() => {
  const isOn = () => document.querySelector('[data-keys]').dataset.keys === 'on';
  const isWriting = (element) =>
    element.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])');

  function press(element) {
    if (element.matches('textarea, input:not([type=checkbox])')) element.focus();
    else element.click();
    // What opens below the edge of the window would seem to do nothing.
    if (element.matches('summary')) element.parentElement.scrollIntoView({ block: 'nearest' });
  }

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const writing = event.target instanceof Element && isWriting(event.target);
    if (event.key === 'Escape' && writing) return event.target.blur();
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!isOn()) return;
    if (!sends && (writing || event.ctrlKey || event.metaKey || event.altKey)) return;
    const name = sends ? 'ctrl+enter' : event.key.toLowerCase();
    const element = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (element === null) return;
    event.preventDefault();
    press(element);
  });

  // The sum as it would be saved; the server counts it again.
  function count(form) {
    const number = (text) => Number(String(text).trim().replace('−', '-').replace(',', '.')) || 0;
    const ticked = [...form.querySelectorAll('[data-marks]:checked')];
    const { from, floor, cap } = form.dataset;
    const sum = ticked.reduce((all, item) => all + Number(item.dataset.marks), Number(from)) + number(form.beside.value);
    const bounded = Math.min(Number(cap), Math.max(Number(floor), Math.round(sum * 1000) / 1000));
    form.sum.value = `${bounded} of ${cap}`;
  }
  document.addEventListener('input', (event) => {
    const form = event.target.closest?.('form.mark');
    if (form) count(form);
  });
  document.addEventListener('click', (event) => {
    const comment = event.target.closest?.('[data-comment]')?.dataset.comment;
    if (comment === undefined) return;
    const field = document.querySelector('form.mark textarea[name=comment]');
    field.value = field.value.trim() === '' ? comment : `${field.value.trimEnd()}\n${comment}`;
    field.focus();
  });
})();
