import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { greeting } from '../../../infra/demo/welcome.ts';

const addresses = {
  api: 'http://127.0.0.1:4700/live',
  console: 'http://127.0.0.1:4701',
  status: 'http://127.0.0.1:4702',
  socket: 'ws://127.0.0.1:4703',
  inbox: 'http://127.0.0.1:4704',
  token: 't',
  organisation: 'org_1',
  webhooks: { alertmanager: 'http://a', generic: 'http://g' },
  events: { pagerduty: { url: 'http://p', routingKey: 'k' } },
};
const said = (options: { readonly data: string; readonly port: string }) =>
  greeting({ addresses, file: resolve('addresses.json'), administrator: 'bob@acme.test', options });

describe('what npm start says', () => {
  it('names the administrator of the settings', () => {
    expect(said({ data: '', port: '' })).toContain('(sign in with bob@acme.test, no password here)');
  });

  it('shows commands that work as they stand, also for another folder and port', () => {
    const usual = said({ data: '', port: '' });
    expect(usual).toMatch(/^ {2}npm run simulate {3,}an outage/m);
    expect(usual).toContain('npm start -- --fresh forgets all');
    const other = said({ data: ' --data /tmp/x', port: ' --port 4700' });
    expect(other).toContain('npm run simulate -- --data /tmp/x');
    expect(other).toContain('npm start -- --fresh --port 4700 --data /tmp/x forgets all');
  });
});
