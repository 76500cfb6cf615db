// Files of the shown rows: CSV as a Finnish Excel opens it, and XLSX written here, without a library.
window.esfdataFiles = (() => {
  'use strict';
  const save = (name, parts, type) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // CSV: semicolons, a byte order mark, decimal commas; text that a spreadsheet would take for a formula is quoted.
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const field = (value) => {
    const text = typeof value === 'number' ? String(value).replace('.', ',') : safe(String(value ?? ''));
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csv = (name, { titles, rows }) => {
    const lines = [titles, ...rows].map((row) => row.map(field).join(';'));
    save(name, [`\ufeff${lines.join('\r\n')}\r\n`], 'text/csv;charset=utf-8');
  };

  // XLSX: a zip of stored entries.
  const codes = Uint32Array.from({ length: 256 }, (_, number) => {
    let code = number;
    for (let bit = 0; bit < 8; bit += 1) code = code & 1 ? 0xedb88320 ^ (code >>> 1) : code >>> 1;
    return code;
  });
  const crc = (bytes) => {
    let sum = 0xffffffff;
    for (const byte of bytes) sum = codes[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  };
  const record = (...fields) => {
    const view = new DataView(new ArrayBuffer(fields.reduce((size, [bytes]) => size + bytes, 0)));
    let place = 0;
    for (const [bytes, number] of fields) {
      if (bytes === 2) view.setUint16(place, number, true); else view.setUint32(place, number, true);
      place += bytes;
    }
    return new Uint8Array(view.buffer);
  };
  const zip = (files) => {
    const parts = [], index = [];
    let place = 0, size = 0;
    for (const [path, text] of files) {
      const name = new TextEncoder().encode(path), bytes = new TextEncoder().encode(text);
      const about = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 33], [4, crc(bytes)], [4, bytes.length], [4, bytes.length],
        [2, name.length], [2, 0]];
      const head = record([4, 0x04034b50], ...about);
      parts.push(head, name, bytes);
      const entry = record([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]);
      index.push(entry, name);
      size += entry.length + name.length;
      place += head.length + name.length + bytes.length;
    }
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, place], [2, 0]);
    return [...parts, ...index, end];
  };
  const escape = (text) => String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const letters = (number) => (number < 0 ? '' : letters(Math.floor(number / 26) - 1) + String.fromCharCode(65 + (number % 26)));
  const serial = (day) => Date.parse(`${day}T00:00:00Z`) / 86400000 + 25569;
  const cell = (value, kind, column, row) => {
    const at = `${letters(column)}${row}`;
    if (value === null || value === '') return '';
    if (kind === 'date') return `<c r="${at}" s="1"><v>${serial(value)}</v></c>`;
    if (typeof value === 'number') return `<c r="${at}" s="${kind === 'money' ? 2 : 0}"><v>${value}</v></c>`;
    return `<c r="${at}" t="inlineStr"${row === 1 ? ' s="3"' : ''}><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
  };
  const open = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const xlsx = (name, { titles, kinds, rows }) => {
    const line = (cells, number, types) =>
      `<row r="${number}">${cells.map((value, column) => cell(value, types[column], column, number)).join('')}</row>`;
    const sheet = [line(titles, 1, titles.map(() => 'text')), ...rows.map((row, number) => line(row, number + 2, kinds))];
    const wide = kinds.map((kind, column) =>
      `<col min="${column + 1}" max="${column + 1}" width="${kind === 'name' ? 48 : kind === 'code' ? 12 : 18}" customWidth="1"/>`);
    const files = [
      ['[Content_Types].xml', `${open}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/></Types>`],
      ['_rels/.rels', `${open}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
      ['xl/workbook.xml', `${open}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escape(name.replace(/\.xlsx$/, ''))}" sheetId="1" r:id="rId1"/></sheets></workbook>`],
      ['xl/_rels/workbook.xml.rels', `${open}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`],
      ['xl/styles.xml', `${open}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`],
      ['xl/worksheets/sheet1.xml', `${open}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${wide.join('')}</cols><sheetData>${sheet.join('')}</sheetData></worksheet>`],
    ];
    save(name, zip(files), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  };
  return { csv, xlsx };
})();
