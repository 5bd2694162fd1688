// SPDX-License-Identifier: Apache-2.0
// What is shown follows from the data and from the fragment of the address alone (#by=agency&agency=…&state=rescan&lang=en),
// so a view can be bookmarked and sent. Texts of the data are only ever set as text, never as markup.
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const groupings = ['agency', 'level', 'procedure', 'officer', 'month'];
const words = {
  vi: {
    skip: 'Đến nội dung', title: 'Báo cáo số hóa hồ sơ', batchTitle: 'Báo cáo đợt số hóa', summary: 'Tổng quan', groups: 'Tỷ lệ theo nhóm',
    papers: 'Tài liệu', pictures: 'Trang cần xem lại', how: 'Cách tính', by: 'Nhóm theo', findGroup: 'Tìm nhóm', findPaper: 'Tìm tài liệu',
    state: 'Tình trạng', agency: 'Cơ quan', level: 'Cấp', procedure: 'Thủ tục', officer: 'Cán bộ', month: 'Tháng tiếp nhận',
    anyState: 'Tất cả', waiting: 'Chờ ký số', rescan: 'Cần quét lại', signedState: 'Đã ký số', quarantined: 'Bị cách ly',
    received: 'Hồ sơ tiếp nhận', withDocuments: 'Hồ sơ có tài liệu số hóa', documents: 'Tài liệu', pages: 'Trang', unsigned: 'Chưa ký số',
    rescans: 'Cần quét lại', of: 'trên', dossiers: 'hồ sơ', none: '(không ghi)', total: 'Toàn bộ', points: 'điểm', ofPoints: 'điểm tối đa',
    noShare: 'không có số liệu', goal: 'đạt điểm tối đa từ', file: 'Tệp', dossier: 'Mã hồ sơ', kind: 'Loại', symbol: 'Số ký hiệu',
    signature: 'Chữ ký số', remarks: 'Quét lại', page: 'trang', whole: 'cả tài liệu', remove: 'Bỏ lọc', sortBy: 'Sắp xếp theo',
    result: 'kết quả', component: 'thành phần', copy: 'bản sao', allTime: 'Mọi thời điểm tiếp nhận', from: 'Tiếp nhận từ', to: 'đến',
    batch: 'Đợt', made: 'Lập lúc', profile: 'quy định', unsure: 'Từ chưa chắc', confidence: 'Độ tin cậy', noPicture: 'Không dựng được ảnh của trang này',
    noWords: 'Không có tệp hOCR bên cạnh, nên không đánh dấu được từng từ.', monthly: 'Hồ sơ tiếp nhận theo tháng và tỷ lệ',
    chart: 'Biểu đồ tỷ lệ', listed: 'có trong sổ đăng ký',
    nothing: 'Không có gì ở đây.', words: 'từ được đánh dấu'
  },
  en: {
    skip: 'To the content', title: 'Digitization report', batchTitle: 'Report of a batch', summary: 'Overview', groups: 'Shares by group',
    papers: 'Papers', pictures: 'Pages to look at', how: 'How it is counted', by: 'Group by', findGroup: 'Find a group', findPaper: 'Find a paper',
    state: 'State', agency: 'Agency', level: 'Level', procedure: 'Procedure', officer: 'Officer', month: 'Month of reception',
    anyState: 'All', waiting: 'Waiting for a signature', rescan: 'To be scanned again', signedState: 'Signed', quarantined: 'Quarantined',
    received: 'Dossiers received', withDocuments: 'Dossiers with papers', documents: 'Papers', pages: 'Pages', unsigned: 'Unsigned',
    rescans: 'To rescan', of: 'of', dossiers: 'dossiers', none: '(none)', total: 'All', points: 'points', ofPoints: 'of the points',
    noShare: 'no share', goal: 'all points from', file: 'File', dossier: 'Dossier', kind: 'Kind', symbol: 'Symbol',
    signature: 'Signature', remarks: 'Scan again', page: 'page', whole: 'whole paper', remove: 'Remove the filter', sortBy: 'Sort by',
    result: 'result', component: 'component', copy: 'copy', allTime: 'Received at any time', from: 'Received from', to: 'to',
    batch: 'Batch', made: 'Made', profile: 'profile', unsure: 'Unsure words', confidence: 'Confidence', noPicture: 'No picture can be made of this page',
    noWords: 'There is no hOCR file beside it, so single words cannot be marked.', monthly: 'Dossiers received by month, and shares',
    chart: 'Chart of the shares', listed: 'told by a register',
    nothing: 'There is nothing here.', words: 'marked words'
  }
};
const reasons = {
  'resolution-low': 'độ phân giải thấp', 'not-colour': 'không phải ảnh màu', 'page-size': 'sai khổ giấy', 'page-scaled': 'sai tỷ lệ',
  'page-reduced': 'bị thu nhỏ', 'page-askew': 'lệch', 'page-blurred': 'mờ', 'page-cut-off': 'mất mép', 'page-corner-folded': 'gập góc',
  'page-dark': 'tối', 'page-bleached': 'quá sáng', 'page-missing': 'thiếu trang', 'page-out-of-order': 'sai thứ tự',
  'page-repeated': 'lặp trang', 'page-duplicate': 'trùng trang', 'page-blank-inside': 'trang trắng ở giữa', 'confidence-low': 'chữ khó đọc'
};
let view = {};
let language = 'vi';
const t = key => words[language][key] || key;
// Made once: a page has thousands of numbers.
const formatters = digits => Object.fromEntries(Object.entries({vi: 'vi-VN', en: 'en-US'}).map(([key, locale]) => [key, new Intl.NumberFormat(locale, digits)]));
const wholes = formatters({}), shares = formatters({minimumFractionDigits: 2, maximumFractionDigits: 2});
const number = value => wholes[language].format(value);
const percent = value => value === null ? '–' : shares[language].format(value) + ' %';
const day = text => !text ? '' : language === 'vi' ? text.split('-').reverse().join('/') : text;
const titleOf = one => language === 'en' && one.title_en ? one.title_en : one.title;
const nameOf = (by, name) => !name ? t('none') : by === 'month' ? day(name) : name;
const kindOf = kind => ['result', 'component', 'copy'].includes(kind) ? t(kind) : kind;
const reasonOf = id => language === 'vi' ? reasons[id] || id : id.replace(/^page-/, '').replaceAll('-', ' ');
const folded = text => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter(child => child !== null));
  return node;
}
function draw(name, attributes = {}, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}
const put = (id, ...children) => document.getElementById(id).replaceChildren(...children);

function readView() {
  const asked = new URLSearchParams(location.hash.slice(1));
  view = {by: groupings.includes(asked.get('by')) ? asked.get('by') : '', state: asked.get('state') || '', find: asked.get('find') || '',
    paper: asked.get('paper') || '', sort: asked.get('sort') || '', chosen: {}};
  for (const key of groupings) if (asked.has(key)) view.chosen[key] = asked.get(key);
  view.by = view.by || Object.keys(view.chosen)[0] || data.by;
  language = ['vi', 'en'].includes(asked.get('lang')) ? asked.get('lang') : document.documentElement.dataset.first;
}
function fragment(changes = {}) {
  const next = {by: view.by, state: view.state, find: view.find, paper: view.paper, sort: view.sort, ...view.chosen,
    lang: language === document.documentElement.dataset.first ? '' : language, ...changes};
  const kept = new URLSearchParams();
  for (const [key, value] of Object.entries(next)) {
    if (value !== undefined && (value !== '' || groupings.includes(key))) kept.set(key, value);
  }
  return '#' + kept;
}
const go = changes => location.replace(fragment(changes));

function card(title, figure, lines, share) {
  const node = make('div', {class: 'card'}, make('h3', {}, title), make('div', {class: 'figure'}, figure));
  if (share !== undefined && share !== null) {
    const bar = make('span');
    bar.style.width = Math.min(100, share) + '%';
    node.append(make('div', {class: 'bar', 'aria-hidden': 'true'}, bar));
  }
  node.append(...lines.filter(Boolean).map(line => make('p', {}, line)));
  return node;
}
function shareLines(rule, share) {
  if (share.percent === null) return [t('noShare')];
  return [`${number(share.counted)} ${t('of')} ${number(share.of)} ${t('dossiers')}`,
    rule.max_points === null ? `${percent(share.score * 100)} ${t('ofPoints')}` : `${number(share.points)} / ${number(rule.max_points)} ${t('points')}`,
    rule.full_at < 1 ? `${t('goal')} ${percent(rule.full_at * 100)}` : ''];
}
// The groups that are chosen, when it is one kind: the summary is theirs.
function chosenCounts() {
  const keys = Object.keys(view.chosen);
  return keys.length === 1 ? data.groups[keys[0]].find(group => group.name === view.chosen[keys[0]]) : undefined;
}
function showSummary() {
  const counts = chosenCounts() || data.total;
  put('cards', card(t('received'), number(counts.received), [`${number(counts.listed)} ${t('listed')}`, `${number(counts.with_documents)} ${t('withDocuments').toLowerCase()}`]),
    ...data.indicators.map(rule => card(`${rule.item} ${titleOf(rule)}`.trim(), percent(counts.shares[rule.name].percent),
      shareLines(rule, counts.shares[rule.name]), counts.shares[rule.name].percent)),
    card(t('documents'), number(counts.documents), [`${number(counts.pages)} ${t('pages').toLowerCase()}`, `${number(counts.unsigned)} ${t('waiting').toLowerCase()}`,
      `${number(counts.rescan_documents)} ${t('rescan').toLowerCase()}`]));
  const notes = [];
  if (data.undated > 0) notes.push(language === 'vi' ? `${number(data.undated)} hồ sơ không có ngày tiếp nhận nên không được tính.` : `${number(data.undated)} dossiers have no date of reception and are not counted.`);
  if (data.unfiled.documents > 0) {
    notes.push(language === 'vi' ? `${number(data.unfiled.documents)} tài liệu không thuộc hồ sơ nào; ${number(data.unfiled.unsigned)} chờ ký số, ${number(data.unfiled.rescan_documents)} cần quét lại.`
      : `${number(data.unfiled.documents)} papers are in no dossier; ${number(data.unfiled.unsigned)} wait for a signature, ${number(data.unfiled.rescan_documents)} are to be scanned again.`);
  }
  put('notes', ...notes.map(note => make('p', {}, note)));
  showMonths();
}
const tones = ['first', 'second', 'third'];
function legend(svg, x, y) {
  data.indicators.forEach((rule, at) => {
    svg.append(draw('rect', {x, y: y - 10, width: 12, height: 12, class: tones[at % 3]}), draw('text', {x: x + 18, y, class: 'name'}, `${rule.item} ${titleOf(rule)}`));
    x += 46 + `${rule.item} ${titleOf(rule)}`.length * 7;
  });
}
function picture(width, height, label, description) {
  const svg = draw('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${label}. ${description}`});
  svg.append(draw('title', {}, label));
  return svg;
}
function showMonths() {
  const months = data.groups.month.filter(group => group.name);
  if (months.length < 2) return put('months');
  const most = Math.max(...months.map(group => group.received)), step = Math.min(120, 960 / months.length);
  const svg = picture(1040, 260, t('monthly'), months.map(group => `${nameOf('month', group.name)}: ${number(group.received)}`).join('; '));
  for (const share of [0, 25, 50, 75, 100]) {
    svg.append(draw('line', {x1: 60, x2: 60 + step * months.length, y1: 210 - share * 1.6, y2: 210 - share * 1.6, class: 'grid'}),
      draw('text', {x: 52, y: 214 - share * 1.6, 'text-anchor': 'end', class: 'soft'}, share + ' %'));
  }
  months.forEach((group, at) => {
    const x = 60 + at * step, height = 160 * group.received / most;
    svg.append(draw('rect', {x: x + step * .1, y: 210 - height, width: step * .8, height, class: 'pale'}));
    if (step > 50) svg.append(draw('text', {x: x + step / 2, y: 246, 'text-anchor': 'middle', class: 'soft'}, number(group.received)));
    if (step > 50 || at % 3 === 0) svg.append(draw('text', {x: x + step / 2, y: 229, 'text-anchor': 'middle', class: 'name'}, nameOf('month', group.name)));
    data.indicators.forEach((rule, tone) => {
      const value = group.shares[rule.name].percent;
      if (value !== null) svg.append(draw('circle', {cx: x + step * (.3 + .2 * tone), cy: 210 - value * 1.6, r: 5, class: tones[tone % 3]}));
    });
  });
  legend(svg, 60, 22);
  put('months', make('h3', {}, t('monthly')), svg);
}
function showChart(groups) {
  const rules = data.indicators, shown = groups.slice(0, 20), row = 14 * rules.length + 12;
  if (shown.length === 0 || rules.length === 0) return put('chart');
  const svg = picture(1040, shown.length * row + 60, t('chart'), shown.map(group => `${nameOf(view.by, group.name)}: ` +
    rules.map(rule => percent(group.shares[rule.name].percent)).join(', ')).join('; '));
  const left = 330, scale = 6, top = 40, bottom = top + shown.length * row;
  for (const share of [0, 20, 40, 60, 80, 100]) {
    svg.append(draw('line', {x1: left + share * scale, x2: left + share * scale, y1: top, y2: bottom, class: 'grid'}),
      draw('text', {x: left + share * scale, y: bottom + 16, 'text-anchor': 'middle', class: 'soft'}, share + ' %'));
  }
  shown.forEach((group, at) => {
    const name = nameOf(view.by, group.name), y = top + at * row;
    const text = draw('text', {x: left - 10, y: y + row / 2, 'text-anchor': 'end', class: 'name'}, name.length > 44 ? name.slice(0, 43) + '…' : name);
    text.append(draw('title', {}, name));
    svg.append(text);
    rules.forEach((rule, tone) => {
      const value = group.shares[rule.name].percent;
      if (value !== null) {
        svg.append(draw('rect', {x: left, y: y + 3 + tone * 14, width: Math.max(1, value * scale), height: 11, class: tones[tone % 3]}),
          draw('text', {x: left + value * scale + 5, y: y + 12.5 + tone * 14, class: 'soft', 'font-size': 11}, percent(value)));
      }
    });
  });
  const goal = rules.find(rule => rule.full_at < 1);
  if (goal) svg.append(draw('line', {x1: left + goal.full_at * 100 * scale, x2: left + goal.full_at * 100 * scale, y1: top - 6, y2: bottom, class: 'goal'}));
  legend(svg, 60, 18);
  put('chart', svg);
}
// Columns of the groups' table: key, heading, value, text.
function groupColumns() {
  return [['name', t(view.by), group => group.name, group => nameOf(view.by, group.name)],
    ['received', t('received'), group => group.received, group => number(group.received)],
    ...data.indicators.map(rule => [rule.name, `${rule.item} ${titleOf(rule)}`.trim(), group => group.shares[rule.name].percent ?? -1,
      group => percent(group.shares[rule.name].percent)]),
    ['documents', t('documents'), group => group.documents, group => number(group.documents)],
    ['unsigned', t('unsigned'), group => group.unsigned, group => number(group.unsigned)],
    ['rescan', t('rescans'), group => group.rescan_documents, group => number(group.rescan_documents)]];
}
function showGroups() {
  put('by', ...groupings.map(key => make('option', {value: key}, t(key))));
  document.getElementById('by').value = view.by;
  const columns = groupColumns(), falling = view.sort.startsWith('-'), key = view.sort.replace('-', '');
  const column = columns.find(one => one[0] === key) || columns[0];
  const wanted = folded(view.find);
  const groups = data.groups[view.by].filter(group => !wanted || folded(nameOf(view.by, group.name)).includes(wanted));
  const order = (a, b) => typeof a === 'string' ? a.localeCompare(b, 'vi', {numeric: true}) : a - b;
  groups.sort((a, b) => (falling ? -1 : 1) * order(column[2](a), column[2](b)));
  const head = make('tr', {}, ...columns.map(one => {
    const now = one === column && view.sort ? (falling ? 'descending' : 'ascending') : 'none';
    const button = make('button', {type: 'button', 'aria-label': `${t('sortBy')} ${one[1]}`}, one[1] + (now === 'none' ? '' : falling ? ' ▼' : ' ▲'));
    button.onclick = () => go({sort: now === 'ascending' ? '-' + one[0] : one[0]});
    return make('th', {scope: 'col', 'aria-sort': now, class: one === columns[0] ? '' : 'number'}, button);
  }));
  const shown = groups.slice(0, 2000);
  const body = shown.map(group => make('tr', view.chosen[view.by] === group.name ? {class: 'chosen'} : {},
    make('th', {scope: 'row'}, make('a', {href: fragment({...Object.fromEntries(groupings.map(one => [one, undefined])), [view.by]: group.name})}, columns[0][3](group))),
    ...columns.slice(1).map(one => make('td', {class: 'number'}, one[3](group)))));
  const total = make('tr', {class: 'total'}, make('th', {scope: 'row'}, t('total')), ...columns.slice(1).map(one => make('td', {class: 'number'}, one[3](data.total))));
  put('groups', make('caption', {hidden: ''}, t('groups')), make('thead', {}, head), make('tbody', {}, ...body), make('tfoot', {}, total));
  put('groups-shown', `${number(shown.length)} ${t('of')} ${number(data.groups[view.by].length)}`);
  showChart(groups);
}
const states = {waiting: paper => paper.waiting, rescan: paper => Boolean(paper.rescan), signed: paper => paper.signed !== '', quarantined: paper => paper.status === 'quarantined'};
const stateNames = {'': 'anyState', waiting: 'waiting', rescan: 'rescan', signed: 'signedState', quarantined: 'quarantined'};
function fits(paper) {
  const wanted = folded(view.paper);
  return groupings.every(key => !(key in view.chosen) || paper[key] === view.chosen[key]) && (!view.state || !states[view.state] || states[view.state](paper)) &&
    (!wanted || folded([paper.path, paper.dossier, paper.symbol, paper.agency, paper.officer, paper.source || ''].join(' ')).includes(wanted));
}
function tagsOf(paper) {
  if (paper.status === 'quarantined') return [make('span', {class: 'tag bad'}, t('quarantined'))];
  return [paper.signed ? make('span', {class: 'tag signed'}, paper.signed) : paper.waiting ? make('span', {class: 'tag waiting'}, t('unsigned')) : '–'];
}
const rescanText = one => `${one.page ? `${t('page')} ${one.page}` : t('whole')}: ${one.reasons.map(reasonOf).join(', ')}`;
function showPapers() {
  put('state', ...Object.entries(stateNames).map(([key, name]) => make('option', {value: key}, t(name))));
  document.getElementById('state').value = view.state;
  put('chosen', ...Object.entries(view.chosen).map(([key, value]) => {
    const button = make('button', {type: 'button', 'aria-label': `${t('remove')}: ${t(key)} ${nameOf(key, value)}`}, '×');
    button.onclick = () => go({[key]: undefined});
    return make('span', {class: 'chip'}, `${t(key)}: ${nameOf(key, value)}`, button);
  }));
  const papers = data.papers.filter(fits);
  const headings = ['file', 'dossier', 'kind', 'symbol', 'pages', 'signature', 'remarks', 'agency', 'officer', 'month'];
  const body = papers.map(paper => make('tr', {},
    make('th', {scope: 'row', class: 'file'}, paper.link ? make('a', {href: paper.link}, paper.path.split('/').pop()) : paper.path.split('/').pop() || paper.source || paper.document.slice(0, 12)),
    make('td', {}, paper.dossier), make('td', {}, kindOf(paper.kind)), make('td', {}, paper.symbol), make('td', {class: 'number'}, number(paper.pages)),
    make('td', {}, ...tagsOf(paper)), make('td', {}, ...(paper.rescan || []).map(one => make('span', {class: 'tag bad'}, rescanText(one)))),
    make('td', {class: 'agency'}, paper.agency), make('td', {}, paper.officer), make('td', {}, nameOf('month', paper.month))));
  put('papers', make('thead', {}, make('tr', {}, ...headings.map(key => make('th', {scope: 'col', class: key === 'pages' ? 'number' : ''}, t(key))))), make('tbody', {}, ...body));
  const all = (chosenCounts() || {documents: data.total.documents + data.unfiled.documents}).documents;
  put('papers-shown', language === 'vi' ? `Hiện ${number(papers.length)} trong ${number(data.papers.length)} tài liệu có trên trang này; kho có ${number(all)}.`
    : `${number(papers.length)} shown of the ${number(data.papers.length)} papers on this page; the catalog has ${number(all)}.`);
}
function showPictures() {
  const papers = new Map(data.papers.map(paper => [paper.document, paper]));
  const shown = data.pictures.filter(one => papers.has(one.document) && fits(papers.get(one.document)));
  put('pictures', ...shown.map(one => {
    const paper = papers.get(one.document), name = paper.path.split('/').pop();
    const due = (paper.rescan || []).filter(entry => !entry.page || entry.page === one.page);
    const leaf = make('div', {class: 'leaf'});
    if (one.uri) {
      leaf.append(make('img', {src: one.uri, width: one.width, height: one.height, alt: `${name}, ${t('page')} ${one.page}; ${one.words.length} ${t('words')}`}));
      for (const word of one.words) {
        const box = make('span', {class: 'word', title: `${word.text} (${word.confidence} %)`, 'aria-hidden': 'true'});
        for (const side of ['left', 'top', 'width', 'height']) box.style[side] = word[side] * 100 + '%';
        leaf.append(box);
      }
    } else {
      leaf.append(make('p', {class: 'none'}, t('noPicture')));
    }
    const caption = make('figcaption', {}, make('p', {}, paper.link ? make('a', {href: `${paper.link}#page=${one.page}`}, name) : name, `, ${t('page')} ${one.page}`),
      make('p', {}, ...due.map(entry => make('span', {class: 'tag bad'}, entry.reasons.map(reasonOf).join(', '))), `${t('confidence')} ${percent(one.confidence * 100)}`));
    if (one.uri && one.words.length > 0) caption.append(make('p', {}, `${t('unsure')}: ${one.words.map(word => word.text).join(' · ')}`));
    if (one.uri && !one.hocr) caption.append(make('p', {}, t('noWords')));
    return make('figure', {}, leaf, caption);
  }));
  put('pictures-note', shown.length === 0 ? t('nothing') : '');
}
function showTexts() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t === 'title' && data.batch ? 'batchTitle' : node.dataset.t);
  document.title = t(data.batch ? 'batchTitle' : 'title');
  for (const button of document.querySelectorAll('[data-language]')) button.setAttribute('aria-pressed', String(button.dataset.language === language));
  const period = data.from || data.to ? `${t('from')} ${day(data.from) || '…'} ${t('to')} ${day(data.to) || '…'}` : t('allTime');
  put('period', data.batch ? `${t('batch')} ${data.batch}` : period);
  const rules = data.indicators.map(rule => make('li', {}, `${rule.item} ${titleOf(rule)}: ` + (language === 'vi'
    ? `${rule.of === 'paper-result' ? 'trên số hồ sơ phải trả kết quả giấy' : 'trên số hồ sơ tiếp nhận'}; điều kiện: ${rule.needs.join(', ')}; tỷ lệ từ ${percent(rule.full_at * 100)} được điểm tối đa, dưới mức đó tính theo tỷ lệ${rule.max_points === null ? ' (quy định đang dùng chưa đặt số điểm tối đa)' : `; tối đa ${number(rule.max_points)} điểm`}.`
    : `${rule.of === 'paper-result' ? 'of the dossiers that have to end with a paper result' : 'of the dossiers received'}; needs: ${rule.needs.join(', ')}; all points from ${percent(rule.full_at * 100)}, in proportion below${rule.max_points === null ? ' (the profile in force sets no number of points)' : `; ${number(rule.max_points)} points at most`}.`)));
  put('how', ...rules);
  put('made', `${t('made')} ${data.made} · sohoa · ${t('profile')} ${data.profile}`);
}
function show() {
  readView();
  showTexts();
  showSummary();
  showGroups();
  showPapers();
  showPictures();
}
const typed = (id, key) => {
  const input = document.getElementById(id);
  input.oninput = () => go({[key]: input.value});
};
document.documentElement.dataset.first = document.documentElement.lang;
for (const button of document.querySelectorAll('[data-language]')) button.onclick = () => go({lang: button.dataset.language});
document.getElementById('by').onchange = event => go({by: event.target.value, sort: ''});
document.getElementById('state').onchange = event => go({state: event.target.value});
typed('find-group', 'find');
typed('find-paper', 'paper');
document.querySelector('.skip').onclick = event => {  // its fragment would be another view
  event.preventDefault();
  document.getElementById('main').focus();
};
window.onhashchange = show;
show();
document.getElementById('find-group').value = view.find;
document.getElementById('find-paper').value = view.paper;
