import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * One comment for each pull request, however often the job runs: it is found again by a marker in its first line.
 */

/** @param {string} key a name of the scenario, if several have comments; empty if there is only one */
export function marker(key) {
  return key === '' ? '<!-- slopegate -->' : `<!-- slopegate ${key.replace(/[^\w.-]/g, '-')} -->`;
}

/**
 * The text of the comment.
 * @param {{ key: string, report: string, artifact: string, job: string }} parts the report in Markdown; addresses of
 *   the artifact and of the job, empty if there is none
 */
export function commentBody({ key, report, artifact, job }) {
  const links = [
    ...(artifact === '' ? [] : [`[All reports and the recording](${artifact})`]),
    ...(job === '' ? [] : [`[The job](${job})`]),
  ];
  return [marker(key), report.trim(), ...(links.length === 0 ? [] : ['', links.join(' · ')])].join('\n');
}

/**
 * The comment to be replaced; null if a new one is to be written.
 * @param {readonly { id: number, body: string }[]} comments
 * @param {string} key
 */
export function earlierComment(comments, key) {
  return comments.find(({ body }) => body.startsWith(marker(key)))?.id ?? null;
}

/**
 * All pages of a list.
 * @param {(page: number) => Promise<{ id: number, body: string }[]>} read
 */
export async function allPages(read) {
  const all = [];
  for (let page = 1; ; page += 1) {
    const found = await read(page);
    all.push(...found);
    if (found.length < PAGE) return all;
  }
}

export const PAGE = 100;

/**
 * A call of a JSON API; an answer that is not a success is an error.
 * @param {string} url
 * @param {{ method?: string, headers: Record<string, string>, body?: object }} request
 */
export async function call(url, { method = 'GET', headers, body }) {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${answer.status}`);
  return answer.json();
}

/**
 * The report of a job in Markdown, or the error that ended it.
 * @param {string | undefined} folder what `ci/compare.sh` wrote
 */
export function reportOf(folder) {
  const script = fileURLToPath(new URL('summary.sh', import.meta.url));
  const env = { ...process.env, GITHUB_STEP_SUMMARY: '', ...(folder === undefined ? {} : { SLOPEGATE_OUT: folder }) };
  const { stdout, status } = spawnSync('bash', [script], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error('The report cannot be read.');
  return stdout;
}
