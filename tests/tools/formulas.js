#!/usr/bin/env node
/*
 * Reads what formulas.rb writes, asks KaTeX about each formula of the pages, and compares with what
 * the program of formulas.c wrote for the same files: see formulas.sh. Needs the npm packages katex
 * and htmlparser2.
 */
'use strict';
const fs = require('fs');
const readline = require('readline');
const here = {paths: [process.cwd()]};
const katex = require(require.resolve('katex', here));
const {parseDocument} = require(require.resolve('htmlparser2', here));

const skipped = new Set(['script', 'noscript', 'style', 'textarea', 'pre', 'code', 'option',
                         'd-code', 'd-math', 'latex-js']);

console.warn = console.error = () => {};

function complaint(tex, display) {
  try {
    katex.renderToString(tex, {displayMode: display, throwOnError: true, strict: 'ignore', trust: true});
    return '';
  } catch (error) {
    return error.message;
  }
}

/* As KaTeX's auto-render splits a run of text. */
function split(text) {
  const formulas = [];
  for (let at = 0; (at = text.indexOf('$', at)) >= 0;) {
    const mark = text.startsWith('$$', at) ? '$$' : '$';
    let depth = 0, end = at + mark.length;
    for (; end < text.length; end++) {
      if (depth <= 0 && text.startsWith(mark, end))
        break;
      if (text[end] === '\\')
        end++;
      else if (text[end] === '{')
        depth++;
      else if (text[end] === '}')
        depth--;
    }
    if (end >= text.length)
      break;
    formulas.push([mark === '$$', text.slice(at + mark.length, end)]);
    at = end + mark.length;
  }
  return formulas;
}

const textOf = node => (node.type === 'text' ? node.data : (node.children || []).map(textOf).join(''));

function walk(node, report) {
  let text = '';
  const flush = () => {
    for (const [display, tex] of split(text))
      report('dollar', display, tex);
    text = '';
  };
  for (const child of node.children || []) {
    if (child.type === 'text') {
      text += child.data;
      continue;
    }
    if (child.type === 'comment')
      continue;
    flush();
    if (child.name === 'd-math')
      report('element', 'block' in child.attribs, textOf(child));
    else if (child.name === 'script' && /^math\/tex/.test(child.attribs.type || ''))
      report('kramdown', /display/.test(child.attribs.type),
             textOf(child).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&'));
    else if (!skipped.has(child.name))
      walk(child, report);
  }
  flush();
}

const [ours, ...files] = process.argv.slice(2);
const plain = text => text.replace(/\s+/g, '');
const nameOf = (file, tex, refused) => `${file}: ${refused ? 'refused' : 'fine'}: ${plain(tex)}`;
const pages = new Map(); /* how often each stands on the pages */

readline.createInterface({input: process.stdin}).on('line', line => {
  const {file, html} = JSON.parse(line);
  walk(parseDocument(html), (kind, display, tex) => {
    const name = nameOf(file, tex, complaint(tex, display));
    pages.set(name, (pages.get(name) || 0) + 1);
  });
}).on('close', () => {
  let index = 0, alike = 0;
  const apart = [];
  for (const line of fs.readFileSync(ours, 'utf8').split('\n').filter(Boolean)) {
    const formula = JSON.parse(line);
    if (formula.end) {
      index++;
      continue;
    }
    const name = nameOf(files[index], formula.tex, formula.fault);
    if (pages.get(name)) {
      pages.set(name, pages.get(name) - 1);
      alike++;
    } else if (!formula.liquid) {
      apart.push(`only here: line ${formula.line} of ${name}`);
    }
  }
  for (const [name, left] of pages)
    if (left)
      apart.push(`only on the page: ${name}`);
  console.log([...apart, `${alike} formulas alike, ${apart.length} apart`].join('\n'));
});
