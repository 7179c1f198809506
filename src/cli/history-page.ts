import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { atomicWrite } from '../journal/index.js';
import { renderTrend, type TrendPage } from '../trend/index.js';

/**
 * Writes the trend page. It links to the page of each run whose folder is still there, by a path from its own folder.
 * So both can be moved together.
 * @throws SlopegateError DISK
 */
export function writeTrendPage(file: string, page: Omit<TrendPage, 'linkOf'>): void {
  const linkOf: TrendPage['linkOf'] = ({ directory }) => {
    const report = join(directory, 'report.html');
    if (!existsSync(report)) return null;
    return relative(dirname(file), report).split('/').map(encodeURIComponent).join('/');
  };
  atomicWrite(file, renderTrend({ ...page, linkOf }));
}
