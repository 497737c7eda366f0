for (const button of all('.copy')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
  });
}
// Staff come from the class page, which has kept the order they chose there; nobody else has one.
const order = kept.get('order ' + location.pathname.split('/').slice(0, -2).join('/'));
const here = Array.isArray(order) ? order.findIndex((one) => location.pathname.endsWith('/' + one.href)) : -1;
if (here >= 0) {
  const nav = document.querySelector('.neighbours');
  const link = (href, text) => {
    const a = document.createElement('a');
    a.href = '../' + href;
    a.textContent = text;
    return a;
  };
  const [before, after] = [order[here - 1], order[here + 1]];
  nav.append(link('index.html#students', 'Class'), ' ' + (here + 1) + ' of ' + order.length + ' ');
  if (before) nav.append(link(before.href, '← ' + before.name), ' ');
  if (after) nav.append(link(after.href, after.name + ' →'));
  nav.hidden = false;
}
