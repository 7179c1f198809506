// Writes the report as one comment of a pull request, and replaces it in later runs. Usage: node comment.mjs FOLDER
// Environment: GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL, PULL_REQUEST (its number); SLOPEGATE_KEY, ARTIFACT_URL
// and JOB_URL may be empty.
import { allPages, call, commentBody, earlierComment, PAGE, reportOf } from '../sticky-comment.mjs';

const { GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL = 'https://api.github.com', PULL_REQUEST } = process.env;
const { SLOPEGATE_KEY: key = '', ARTIFACT_URL: artifact = '', JOB_URL: job = '' } = process.env;
const report = reportOf(process.argv[2]);
const api = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;
const headers = { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' };
const comments = await allPages((page) =>
  call(`${api}/${PULL_REQUEST}/comments?per_page=${PAGE}&page=${page}`, { headers }),
);
const id = earlierComment(comments, key);
const body = { body: commentBody({ key, report, artifact, job }) };
const { html_url: address } =
  id === null
    ? await call(`${api}/${PULL_REQUEST}/comments`, { method: 'POST', headers, body })
    : await call(`${api}/comments/${id}`, { method: 'PATCH', headers, body });
process.stdout.write(`${id === null ? 'wrote' : 'replaced'} the comment ${address}\n`);
