import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import { StatusDocument, statusCss } from '../../frontend/status/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import {
  atomFeed,
  type PageState,
  statuspageDocuments,
  styleSheet,
  viewPublic,
} from '../../shared/status/index.ts';
import { statusFolders } from '../../shared/wiring/index.ts';
import type { File } from '../aws/files.ts';
import { sha256 } from '../aws/random.ts';
import { type Place, pagePrefix } from './place.ts';

/** Short enough that what is published is seen within ten seconds. */
const soon = 'public, max-age=10';
const forever = 'public, max-age=31536000, immutable';

const types = {
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  atom: 'application/atom+xml; charset=utf-8',
  css: 'text/css; charset=utf-8',
} as const;

/** Where pages are read, and the API that their form of subscribers posts to; without it there is no form. */
export interface Addresses {
  readonly site: string;
  readonly api?: string | undefined;
}

/** Everything that a public page consists of; the page itself comes last. */
export function renderPage(
  state: PageState,
  place: Place,
  { site, api }: Addresses,
  now: Instant,
): readonly File[] {
  const view = viewPublic(state, { id: place.page, now });
  const url = `${site}/${pagePrefix(place)}`;
  const css = styleSheet(statusCss, view.page.colours);
  const sheet = `status.${sha256(css).slice(0, 12)}.css`;
  const feed = 'history.atom';
  const subscribe = api && `${api.replace(/\/+$/, '')}/api/status/subscribe`;
  const html = renderToStaticMarkup(createElement(StatusDocument, { config: view, sheet, feed, subscribe }));
  const file = (name: string, body: string, kind: keyof typeof types, cache: string): File => ({
    key: `${statusFolders.public}/${pagePrefix(place)}${name}`,
    body,
    type: types[kind],
    cache,
  });
  return [
    file(sheet, css, 'css', forever),
    file('status.json', JSON.stringify(view), 'json', soon),
    ...Object.entries(statuspageDocuments(view, url)).map(([name, body]) =>
      file(`api/v2/${name}`, JSON.stringify(body), 'json', soon),
    ),
    file(feed, atomFeed(view, url), 'atom', soon),
    file('index.html', `<!doctype html>${html}`, 'html', soon),
  ];
}
