import { defineLaneJob } from '../runtime/define-job.ts';
import { readPages } from './read-pages.ts';

/** Collects people from one source, page by page. */
export const parsePages = defineLaneJob('parse-pages', readPages);
