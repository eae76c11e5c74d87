import type { Proposal, StatusView } from '../../shared/status/index.ts';
import type { App } from './app.ts';

type InternalPage = StatusView & { readonly proposals: readonly Proposal[]; readonly address?: string };

/** What a story about status pages does again and again. */
export function statusStory(app: App) {
  const make = async (path: string, body: object) =>
    (await app.call('POST', `/api/status${path}`, body)).body;
  const bucket = () => app.system.find('StatusBucket').identity.ref;
  return {
    make,
    /** What the public gets at a path of the status site. */
    get: (path = '') => fetch(`${app.addresses.status}/${path}`),
    async html() {
      return (await fetch(`${app.addresses.status}/`)).text();
    },
    /** The page as members see it. */
    async internal() {
      return (await app.call('GET', '/api/status')).body as unknown as InternalPage;
    },
    component: (name: string, more: object = {}) => make('/components', { name, ...more }),
    incident: (title: string, more: object = {}) =>
      make('/incidents', { title, text: `${title}: we look into it.`, state: 'investigating', ...more }),
    update: (incident: unknown, state: string, text = `It is ${state}.`) =>
      make(`/incidents/${String(incident)}/updates`, { state, text }),
    /** The keys of all files in the bucket of the status site, as the engine has them. */
    async keys() {
      const listed = await (await fetch(`${app.system.engines.s3}/${bucket()}?list-type=2`)).text();
      return [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
    },
    /** A file of the bucket, past the CDN. */
    async file(key: string) {
      return (await fetch(`${app.system.engines.s3}/${bucket()}/${key}`)).text();
    },
  };
}
