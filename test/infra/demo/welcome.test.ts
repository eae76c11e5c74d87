import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Addresses } from '../../../infra/demo/addresses.ts';
import { demoConfiguration } from '../../../infra/demo/configuration.ts';
import { greeting, surprises } from '../../../infra/demo/welcome.ts';

const addresses = {
  api: 'http://127.0.0.1:4700/live',
  alerts: 'https://127.0.0.1:4705',
  certificate: '/tmp/x/certificate.pem',
  console: 'http://127.0.0.1:4701',
  status: 'http://127.0.0.1:4702',
  socket: 'ws://127.0.0.1:4703',
  inbox: 'http://127.0.0.1:4704',
  token: 't',
  organisation: 'org_1',
  webhooks: { alertmanager: 'http://a', generic: 'http://g' },
  events: { pagerduty: { url: 'http://p', routingKey: 'k' } },
};
const said = (options: { readonly data: string; readonly port: string }, mailIn?: Addresses['mailIn']) =>
  greeting({
    addresses: { ...addresses, mailIn },
    ...{ file: resolve('addresses.json'), administrator: 'bob@acme.test', options },
  });

describe('what npm start says', () => {
  it('names the administrator of the settings', () => {
    expect(said({ data: '', port: '' })).toContain('(sign in with bob@acme.test, no password here)');
  });

  it('names the address over https, and the certificate that clients have to trust', () => {
    expect(said({ data: '', port: '' })).toMatch(
      /https:\/\/127\.0\.0\.1:4705 .*--cacert \/tmp\/x\/certificate\.pem/,
    );
  });

  it('names the port for mail only where mail is received', () => {
    const mailIn = { url: 'smtp://127.0.0.1:4706', domains: ['alerts.example.com'] };
    expect(said({ data: '', port: '' }, mailIn)).toMatch(
      /smtp:\/\/127\.0\.0\.1:4706 .*alerts\.example\.com\)/,
    );
    expect(said({ data: '', port: '' })).not.toContain('smtp');
  });

  it('says which rules the demo organisation has', () => {
    expect(demoConfiguration('bob@acme.test', '2026-11-02').rules).toMatchObject([
      { conditions: { threshold: 3, timeWindow: 180, severity: 'P1_CRITICAL' } },
      { group: { by: ['service'], window: 1_200 } },
    ]);
    expect(said({ data: '', port: '' })).toMatch(
      /two rules: alerts of one service within twenty minutes .* three different\nones .* within three minutes are one of P1/,
    );
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

describe('what npm start says of settings that were changed', () => {
  const wanted = { name: 'Acme', administrator: 'bob@acme.test' };

  it('is nothing when all is as before, or new', () => {
    const founded = { id: 'org_1', name: 'Acme' };
    expect(surprises({ wanted, founded, before: { organisation: 'org_1' } })).toBe('');
    expect(surprises({ wanted, founded, before: undefined })).toBe('');
  });

  it('is that another administrator has another organisation', () => {
    const found = { wanted, founded: { id: 'org_2', name: 'Acme' }, before: { organisation: 'org_1' } };
    expect(surprises(found)).toContain('The organisation of bob@acme.test is another one');
  });

  it('is that the name stays', () => {
    const found = { wanted, founded: { id: 'org_1', name: 'Example' }, before: { organisation: 'org_1' } };
    expect(surprises(found)).toContain('stays “Example”');
  });
});
