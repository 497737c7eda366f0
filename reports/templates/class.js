const body = document.querySelector('.students tbody');
const rows = all('tr', body).map((row) => ({
  row,
  href: row.querySelector('a').getAttribute('href'),
  text: row.firstElementChild.textContent.toLowerCase(),
}));
const name = 'class ' + location.pathname;
const place = location.pathname.split('/').slice(0, -1).join('/');
const search = document.getElementById('search');
const some = document.getElementById('show-some');
const shown = document.getElementById('shown');
const radio = (group) => document.querySelector('input[name=' + group + ']:checked');
let chosen = new Set();

// What the radios show and how they sort is the stylesheet's; searching and lists of students are ours.
function update() {
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  for (const { row, href, text } of rows) {
    const hidden = !words.every((word) => text.includes(word)) || (some.checked && !chosen.has(href));
    if (row.hidden !== hidden) row.hidden = hidden;
  }
  const mark = radio('show').value;
  const marked = mark === 'all' || mark === 'some' ? rows : rows.filter(({ row }) => row.classList.contains(mark));
  shown.textContent = marked.filter(({ row }) => !row.hidden).length + ' of ' + rows.length + ' shown';
  kept.set(name, { show: some.checked ? 'all' : mark, sort: radio('sort').value, search: search.value });
}
function sorted() {
  const by = { total: '--a', time: '--b', change: '--c' }[radio('sort').value];
  if (by === undefined) return rows;
  return rows.toSorted((one, other) => one.row.style.getPropertyValue(by) - other.row.style.getPropertyValue(by));
}
function sort() {
  // Whoever reads by keyboard or ear meets the rows in the order that is seen.
  body.append(...sorted().map(({ row }) => row));
}

const before = kept.get(name) ?? {};
for (const group of ['show', 'sort']) {
  const input = document.getElementById(group + '-' + before[group]);
  if (input) input.checked = true;
}
if (typeof before.search === 'string') search.value = before.search;
search.closest('p').hidden = false;
shown.hidden = false;
search.addEventListener('input', update);
document.querySelector('.tools').addEventListener('change', (event) => {
  if (event.target.name === 'sort') sort();
  update();
});
for (const link of all('[data-show]'))
  link.addEventListener('click', () => {
    document.getElementById('show-' + link.dataset.show).checked = true;
    update();
  });

// A long list of students is names alone, until somebody looks at it: thousands of links would be most of the page.
const byName = Map.groupBy(rows, ({ row }) => row.querySelector('a').textContent);
function lead(list) {
  const names = new Set(list.textContent.split('\n').map((line) => line.replace(/ ·$/, '')));
  list.classList.remove('names');
  list.replaceChildren();
  for (const { row, href } of [...names].flatMap((name) => byName.get(name) ?? [])) {
    const a = document.createElement('a');
    a.href = href;
    a.textContent = row.querySelector('a').textContent;
    list.append(a, ' ');
  }
}

// A list of students can be looked at in the table.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!target.open || !target.matches('.who') || target.querySelector('button')) return;
    for (const list of all('.names', target)) lead(list);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Show in the table';
    button.addEventListener('click', () => {
      chosen = new Set(all('a', target).map((a) => a.getAttribute('href')));
      document.getElementById('some-says').textContent = target.querySelector('summary').textContent.trim().slice(0, 60);
      some.parentElement.hidden = false;
      some.checked = true;
      update();
      document.getElementById('students').scrollIntoView();
    });
    target.append(button);
  },
  true,
);
// The pages of students lead on in the order that is seen here.
document.addEventListener('click', ({ target }) => {
  const link = target.closest && target.closest('a[href$="report.html"]');
  if (!link) return;
  const seen = sorted().filter(({ row }) => row.offsetParent !== null);
  kept.set('order ' + place, seen.map(({ row, href }) => ({ href, name: row.querySelector('a').textContent })));
});
if (radio('sort').value !== 'name') sort();
update();
