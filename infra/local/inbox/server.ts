import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen } from '../gateway/listen.ts';
import { targetOf } from '../gateway/request-values.ts';
import type { Resource, World } from '../resource.ts';
import { mails, received } from './mail.ts';

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Serves the inbox on its port of 127.0.0.1: a page for people at `/`, the mails as JSON at `/store`. */
export function startInbox(resource: Resource, world: World): Promise<Listening> {
  const [style, script] = [file('./inbox.css'), file('./inbox.page.js')];
  const page = file('./inbox.html')
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script type="module">${script}</script>`);
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    const { path } = targetOf(request);
    const html = /^\/mail\/([\w-]+)$/.exec(path)?.[1];
    if (request.method !== 'GET' && request.method !== 'HEAD')
      reply(response, 405, 'text/plain', 'The inbox is read only.');
    else if (path === '/') reply(response, 200, 'text/html', page, policy);
    else if (path === '/store')
      reply(response, 200, 'application/json', JSON.stringify({ emails: await received(world.engines) }));
    else if (html !== undefined) await showHtml(response, world, html);
    else reply(response, 404, 'text/plain', 'There is nothing here.');
  };
  return listen(world.port(resource.id), handler, world);
}

/** The HTML of a mail runs nothing and loads nothing but pictures, also when it is opened outside the inbox's frame. */
async function showHtml(response: ServerResponse, world: World, id: string): Promise<void> {
  const mail = (await mails(world.engines.ses)).find(({ messageId }) => messageId === id);
  const policy =
    "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox";
  if (mail?.body.html === undefined) reply(response, 404, 'text/plain', 'There is no such mail with HTML.');
  else reply(response, 200, 'text/html', `<base target="_blank">${mail.body.html}`, policy);
}

function reply(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  policy = "default-src 'none'; sandbox",
): void {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, headers).end(body);
}
