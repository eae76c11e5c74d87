import type { PageId } from '../../shared/kernel/index.ts';

/** A page and whether it stands at the root of the status site. */
export interface Place {
  readonly page: PageId;
  readonly root: boolean;
}

/** What stands before the names of a page's files. */
export const pagePrefix = ({ page, root }: Place): string => (root ? '' : `${page}/`);

/** The address at which a page is read. The CDN knows a first page of the root alone, so another page names its own. */
export const pageAddress = (site: string, place: Place): string =>
  place.root ? `${site}/` : `${site}/${pagePrefix(place)}index.html`;
