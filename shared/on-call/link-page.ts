import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Html, html } from './html.ts';

const style = `:root{color-scheme:light dark;--back:#fff;--text:#1f2328;--quiet:#57606a;--act:#b42318}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--quiet:#9198a1;--act:#d92d20}}
.calm{--act:#1b5dc9}*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--text);font:18px/1.5 system-ui,sans-serif}
main{max-width:32rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
p{margin:0 0 1rem}.quiet,dt{color:var(--quiet)}a{color:inherit}
.said{margin:0 0 1rem;padding-left:.75rem;border-left:.25rem solid var(--act);overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:1.5rem 0 0;font-size:1rem}dd{margin:0;overflow-wrap:anywhere}
button{width:100%;min-height:3.5rem;border:0;border-radius:.5rem;background:var(--act);color:#fff;font:inherit;font-weight:700;cursor:pointer}
label{display:block;font-weight:700}
input{width:100%;min-height:3rem;margin:.25rem 0 1rem;padding:0 .75rem;border:1px solid var(--quiet);border-radius:.5rem;background:var(--back);color:inherit;font:inherit}
form{margin:0 0 1.5rem}button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--text);outline-offset:3px}`;

const styleHash = btoa(String.fromCharCode(...sha256(utf8ToBytes(style))));

/** The headers of every page behind a link of a mail: no script, no frame, no cache, nothing from elsewhere. */
export const linkPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

/** The document of a page behind a link: it needs no script and nothing from elsewhere. Its button is red unless it is calm. */
export function renderLinkPage(title: string, body: Html, tone: 'alarm' | 'calm' = 'alarm'): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${new Html(style)}</style></head>
<body><main class="${tone}">${body}</main></body></html>
`.text;
}
