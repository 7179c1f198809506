// Prints the error of a slopegate command as Markdown. Usage: node ci/error-summary.mjs RESULT.json
import { existsSync, readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
process.stdout.write(`### ⛔ slopegate: no verdict\n\n${wordsOf(text)}\n`);

function wordsOf(document) {
  let error;
  try {
    error = JSON.parse(document);
  } catch {
    return 'slopegate ended without a result. The log of the job says why.';
  }
  if (error.schema !== 'slopegate.error/1') return 'slopegate ended without a report. The log of the job says why.';
  return error.faults
    .map(({ code, message, hint, place }) => {
      const where = place === null ? '' : ` in ${inCode(`${place.file}:${place.line}`)}`;
      return `- **${code}**${where}: ${plain(message)}${hint === null ? '' : ` ${plain(hint)}`}`;
    })
    .join('\n');
}

/** Text from outside, without markup. An @name in it notifies nobody. */
function plain(text) {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replace(/@/g, '@\u200B');
}

function inCode(text) {
  return `\`${text.replace(/[`\s]/g, '·')}\``;
}
