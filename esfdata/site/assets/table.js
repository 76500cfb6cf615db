// The table of a page: search, filters, sorting, columns and pages; its state is the fragment of the address.
(() => {
  'use strict';
  const config = JSON.parse(document.getElementById('config').textContent);
  const data = window.esfdata, { words } = config;
  const element = (id) => document.getElementById(id);
  const form = element('filter'), table = element('table'), query = form.elements.q;
  const columns = new Map(config.columns.map((column) => [column.key, column]));
  const fixed = config.columns.filter((column) => column.kind === 'name').map((column) => column.key);
  const first = config.columns.filter((column) => column.shown).map((column) => column.key);
  const space = '\u00a0', english = config.lang === 'en';
  const months = 'January February March April May June July August September October November December'.split(' ');

  const value = (key, row) => {
    const column = data.columns[key];
    return column.values ? column.values[row] : column.distinct[column.places ? column.places[row] : 0];
  };
  const grouped = (number, places) => {
    const [whole, rest] = Math.abs(number).toFixed(places).split('.');
    const text = whole.replace(/\B(?=(\d{3})+$)/g, english ? ',' : space) + (rest ? (english ? '.' : ',') + rest : '');
    return (number < 0 ? '−' : '') + text;
  };
  const money = (number) => {
    const text = grouped(number, Number.isInteger(number) ? 0 : 2);
    return english ? text.replace(/^(−?)/, '$1€') : text + space + '€';
  };
  const day = (text) => {
    const [year, month, date] = text.split('-').map(Number);
    return english ? `${date} ${months[month - 1]} ${year}` : `${date}.${month}.${year}`;
  };
  const label = (key, one) => (config.values[key] || {})[one] ?? one;
  const shown = (key, row) => {
    const content = value(key, row);
    if (content === null) return '';
    if (Array.isArray(content)) return content.map((part) => label(key, part)).join(', ');
    const { kind } = columns.get(key);
    if (kind === 'money') return money(content);
    if (kind === 'number') return grouped(content, 0);
    return kind === 'date' ? day(content) : label(key, content);
  };

  // Search: every word of the query is somewhere in the row, whatever its accents.
  const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  let index = null;
  const searched = () => {
    index ??= Array.from({ length: data.count }, (_, row) =>
      fold(config.searched.map((key) => value(key, row) ?? '').flat().join(' ')));
    return index;
  };

  const state = { q: '', sort: config.sort, columns: first, page: 1, facets: {} };
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
    state.q = given.get('q') || '';
    const sort = given.get('sort') || config.sort;
    state.sort = columns.has(sort.replace(/^-/, '')) ? sort : config.sort;
    const asked = (given.get('columns') || '').split(',').filter((key) => columns.has(key));
    state.columns = asked.length ? [...new Set([...fixed, ...asked])] : first;
    state.page = Math.max(1, Number.parseInt(given.get('page') || '1', 10) || 1);
    state.facets = {};
    for (const key of config.facets) if (given.get(key)) state.facets[key] = given.get(key);
  };
  const address = () => {
    const parameters = new URLSearchParams();
    if (state.q) parameters.set('q', state.q);
    for (const [key, chosen] of Object.entries(state.facets)) parameters.set(key, chosen);
    if (state.sort !== config.sort) parameters.set('sort', state.sort);
    if (state.columns.join() !== first.join()) parameters.set('columns', state.columns.join());
    if (state.page > 1) parameters.set('page', String(state.page));
    return `#${parameters}`;
  };
  const remember = (replace) => {
    const wanted = address();
    if (wanted === (location.hash || '#')) return;
    if (replace) history.replaceState(null, '', wanted); else history.pushState(null, '', wanted);
  };

  const tests = {
    year: (wanted) => (row) => {
      const start = value('start_date', row), end = value('end_date', row);
      return start !== null && start.slice(0, 4) <= wanted && (end ?? '9999').slice(0, 4) >= wanted;
    },
    regions: (wanted) => (row) => (value('regions', row) || []).includes(wanted),
    flag: (wanted) => (row) => (value('findings', row) > 0) === (wanted === 'findings'),
  };
  const chosen = () => {
    const needles = fold(state.q).split(/\s+/).filter(Boolean);
    const rules = Object.entries(state.facets).map(([key, wanted]) =>
      tests[key] ? tests[key](wanted) : (row) => value(key, row) === wanted);
    if (needles.length) {
      const texts = searched();
      rules.push((row) => needles.every((needle) => texts[row].includes(needle)));
    }
    const rows = [];
    for (let row = 0; row < data.count; row += 1) if (rules.every((rule) => rule(row))) rows.push(row);
    return rows;
  };
  const ranks = new Map();
  const collator = new Intl.Collator(config.lang, { numeric: true });
  const rank = (key) => {
    if (!ranks.has(key)) {
      const texts = Array.from({ length: data.count }, (_, row) => {
        const content = value(key, row);
        return typeof content === 'number' || content === null ? content : columns.get(key).kind === 'date' ? content : shown(key, row);
      });
      const distinct = [...new Set(texts)].filter((text) => text !== null && text !== '');
      const compare = typeof distinct[0] === 'number' ? (a, b) => a - b : collator.compare;
      const place = new Map(distinct.sort(compare).map((text, number) => [text, number]));
      ranks.set(key, texts.map((text) => place.get(text) ?? -1));
    }
    return ranks.get(key);
  };
  const sorted = (rows) => {
    if (state.sort === config.sort) return rows; // the data is in this order
    const key = state.sort.replace(/^-/, ''), places = rank(key), sign = state.sort.startsWith('-') ? -1 : 1;
    return rows.sort((a, b) => (places[a] < 0) - (places[b] < 0) || sign * (places[a] - places[b]) || a - b);
  };

  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, text] of Object.entries(attributes)) node.setAttribute(key, text);
    node.append(...children);
    return node;
  };
  const cell = (key, row) => {
    const { kind, title } = columns.get(key), text = shown(key, row);
    if (kind === 'name') {
      const link = make('a', { href: `${value('page', row) ?? value(config.key, row)}.html` }, make('bdi', {}, text || '–'));
      return make('th', { scope: 'row', role: 'rowheader', class: 'k-name' }, link);
    }
    return make('td', { role: 'cell', class: `k-${kind}`, 'data-label': title }, text);
  };
  const head = (key) => {
    const { kind, title } = columns.get(key), own = state.sort.replace(/^-/, '') === key;
    const node = make('th', { scope: 'col', role: 'columnheader', class: `k-${kind}` },
      make('button', { type: 'button', 'data-key': key }, title));
    if (own) node.setAttribute('aria-sort', state.sort.startsWith('-') ? 'descending' : 'ascending');
    return node;
  };
  let rows = [];
  const show = () => {
    const { size } = config;
    rows = sorted(chosen());
    state.page = Math.min(state.page, Math.max(1, Math.ceil(rows.length / size)));
    const start = (state.page - 1) * size, end = Math.min(rows.length, start + size);
    const focused = table.tHead.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    table.tHead.rows[0].replaceChildren(...state.columns.map(head));
    table.tBodies[0].replaceChildren(...rows.slice(start, end).map((row) =>
      make('tr', { role: 'row' }, ...state.columns.map((key) => cell(key, row)))));
    if (focused) table.tHead.querySelector(`[data-key="${focused}"]`)?.focus();
    element('count').textContent = summary();
    element('where').textContent = rows.length ? `${grouped(start + 1, 0)}–${grouped(end, 0)}` : '';
    element('previous').disabled = state.page === 1;
    element('next').disabled = end === rows.length;
    element('reset').hidden = !state.q && !Object.keys(state.facets).length;
  };
  const summary = () => {
    const all = rows.length === data.count;
    const text = (rows.length ? (all ? words.count : words.count_some) : words.count_none)
      .replace('#', grouped(rows.length, 0)).replace('@', grouped(data.count, 0));
    const key = config.table === 'projects' ? 'granted_eu_state_eur' : null;
    if (!key || !rows.length) return text;
    const cents = rows.reduce((sum, row) => sum + Math.round((value(key, row) ?? 0) * 100), 0);
    return cents ? `${text} ${words.granted.replace('#', money(Math.round(cents / 100)))}` : text;
  };
  const fill = () => {
    query.value = state.q;
    for (const key of config.facets) form.elements[key].value = state.facets[key] || '';
    for (const box of element('columns').querySelectorAll('input')) box.checked = state.columns.includes(box.name);
  };
  const change = (replace) => { remember(replace); show(); };

  form.addEventListener('submit', (event) => { event.preventDefault(); });
  let typing = null;
  query.addEventListener('input', () => {
    const going = typing !== null;
    clearTimeout(typing);
    typing = setTimeout(() => { state.q = query.value.trim(); state.page = 1; change(going || Boolean(state.q)); }, 60);
  });
  form.addEventListener('change', (event) => {
    const { name, value: wanted } = event.target;
    if (!config.facets.includes(name)) return;
    if (wanted) state.facets[name] = wanted; else delete state.facets[name];
    state.page = 1;
    change(false);
  });
  table.tHead.addEventListener('click', (event) => {
    const { key } = event.target.closest('button')?.dataset || {};
    if (!key) return;
    const down = ['money', 'number', 'date'].includes(columns.get(key).kind);
    state.sort = state.sort === key ? `-${key}` : state.sort === `-${key}` ? key : down ? `-${key}` : key;
    state.page = 1;
    change(false);
  });
  element('columns').addEventListener('change', () => {
    const on = new Set([...element('columns').querySelectorAll('input:checked')].map((box) => box.name));
    state.columns = config.columns.map((column) => column.key).filter((key) => fixed.includes(key) || on.has(key));
    change(false);
  });
  const turn = (step) => () => { state.page += step; change(false); table.scrollIntoView({ block: 'start' }); };
  element('previous').addEventListener('click', turn(-1));
  element('next').addEventListener('click', turn(1));
  element('reset').addEventListener('click', () => {
    Object.assign(state, { q: '', facets: {}, page: 1 });
    fill();
    change(false);
    query.focus();
  });
  const taken = () => ({
    titles: state.columns.map((key) => columns.get(key).title),
    kinds: state.columns.map((key) => columns.get(key).kind),
    rows: rows.map((row) => state.columns.map((key) => {
      const { kind } = columns.get(key), content = value(key, row);
      return ['money', 'number', 'date'].includes(kind) ? content : content === null ? '' : shown(key, row);
    })),
  });
  element('csv').addEventListener('click', () => window.esfdataFiles.csv(`${config.table}.csv`, taken()));
  element('xlsx').addEventListener('click', () => window.esfdataFiles.xlsx(`${config.table}.xlsx`, taken()));
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && event.target.closest?.('details.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });
  window.addEventListener('popstate', () => { read(); fill(); show(); });

  const facets = form.querySelector('details.facets');
  if (facets && window.matchMedia('(max-width: 45rem)').matches) facets.open = false;
  read();
  fill();
  show();
  document.documentElement.dataset.ready = 'true';
})();
