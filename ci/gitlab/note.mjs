// Writes the report as one note of a merge request, and replaces it in later pipelines. Usage: node note.mjs FOLDER
// Environment: SLOPEGATE_GITLAB_TOKEN (with the scope `api`), and what GitLab sets: CI_API_V4_URL, CI_PROJECT_ID,
// CI_MERGE_REQUEST_IID, CI_JOB_URL. SLOPEGATE_KEY may be empty.
import { allPages, call, commentBody, earlierComment, PAGE, reportOf } from '../sticky-comment.mjs';

const { SLOPEGATE_GITLAB_TOKEN: token, CI_MERGE_REQUEST_IID: request } = process.env;
const said =
  token && request
    ? await writeNote(token, request)
    : 'no note: this is not the pipeline of a merge request, or SLOPEGATE_GITLAB_TOKEN is not set';
process.stdout.write(`${said}\n`);

/**
 * @param {string} token of GitLab
 * @param {string} request number of the merge request
 */
async function writeNote(token, request) {
  const { CI_API_V4_URL, CI_PROJECT_ID, CI_JOB_URL: job = '', SLOPEGATE_KEY: key = '' } = process.env;
  const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${request}/notes`;
  const headers = { 'private-token': token };
  const all = await allPages((page) => call(`${notes}?per_page=${PAGE}&page=${page}`, { headers }));
  const id = earlierComment(all, key);
  const artifact = job === '' ? '' : `${job}/artifacts/browse`;
  const body = { body: commentBody({ key, report: reportOf(process.argv[2]), artifact, job }) };
  await call(id === null ? notes : `${notes}/${id}`, { method: id === null ? 'POST' : 'PUT', headers, body });
  return `${id === null ? 'wrote' : 'replaced'} the note`;
}
