#!/usr/bin/env node
/*
 * Writes src/document/katex_commands.c: every command and environment that KaTeX has, learned by
 * asking it. Needs the npm package katex:
 *
 *     npm install katex && node tests/tools/katex_commands.js >src/document/katex_commands.c
 */
'use strict';
const fs = require('fs');
const path = require('path');
const katex = require(require.resolve('katex', {paths: [process.cwd()]}));

const file = require.resolve('katex', {paths: [process.cwd()]});
const source = fs.readFileSync(path.join(path.dirname(file), 'katex.js'), 'utf8');
const options = {throwOnError: true, strict: 'ignore', trust: true, displayMode: true};

console.warn = console.error = () => {};
const print = console.log;
console.log = () => {}; /* \show would write, too */

/* What KaTeX says against a formula; "" when it takes it. */
function complaint(tex) {
  try {
    katex.renderToString(tex, options);
    return '';
  } catch (error) {
    return error.message;
  }
}

const known = (name, text) => !text.includes(`Undefined control sequence: \\${name} `);
const lacks = text => /Expected group|Expected .* argument|Expected a control sequence|Unexpected end of input/.test(text);
const braces = count => '{a}'.repeat(count);

/* How many arguments are asked for: with fewer of them, KaTeX expects another. */
function argumentCount(name) {
  for (let count = 0; count < 6; count++)
    if (!lacks(complaint(`\\${name}${braces(count)}`)))
      return count;
  return 0;
}

function describe(name) {
  const plain = complaint(`\\${name} `), count = argumentCount(name);
  const call = `\\${name}${braces(count) || ' '}`;
  let flags = 0; /* enum tex_flag */
  if (/Can't use function|Undefined control sequence/.test(complaint(call)))
    flags += 1;
  else if (/Can't use function|Undefined control sequence/.test(complaint(`\\text{${call}}`)))
    flags += 2;
  if (/Got function/.test(complaint(`x^${call}`)))
    flags += 4;
  if (!complaint(`${call}\\limits_a`))
    flags += 8;
  return {name, plain, count, flags};
}

const names = new Set();
for (const match of source.matchAll(/\\\\([A-Za-z@]+|[^A-Za-z\s])(\*?)/g))
  names.add(match[1]);
const commands = [...names].filter(name => !name.includes('@') && (known(name, complaint(`\\${name} `)) || known(name, complaint(`\\text{\\${name} }`))))
  .filter(name => name !== '\\').map(describe).sort((a, b) => (a.name < b.name ? -1 : 1));

const words = new Set([...source.matchAll(/"([A-Za-z]+\*?)"/g)].map(match => match[1]));
const environments = [...words]
  .filter(name => !/No such environment/.test(complaint(`\\begin{${name}}a\\end{${name}}`)))
  .sort();

const quote = name => `"${name.replace(/[\\"]/g, '\\$&')}"`;

/* As many on a line as fit. */
function rows(items) {
  const lines = [''];
  for (const item of items.map((text, i) => text + (i + 1 < items.length ? ',' : ''))) {
    if (`${lines[lines.length - 1]} ${item}`.length > 99)
      lines.push('');
    lines[lines.length - 1] += (lines[lines.length - 1] ? ' ' : '    ') + item;
  }
  return lines.join('\n');
}

print(`/* Made by tests/tools/katex_commands.js from KaTeX ${katex.version}. Not written by hand. */
#include "document/katex_commands.h"

/* clang-format off */

const struct tex_command katex_commands[] = {
${rows(commands.map(c => `{${quote(c.name)}, ${c.count}, ${c.flags}}`))}};

const size_t katex_command_count = sizeof katex_commands / sizeof *katex_commands;

const char *const katex_environments[] = {
${rows(environments.map(quote))}};

const size_t katex_environment_count = sizeof katex_environments / sizeof *katex_environments;`);
