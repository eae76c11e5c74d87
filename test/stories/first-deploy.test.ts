import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAddresses } from '../../infra/demo/addresses.ts';
import { apiClient } from '../../infra/demo/api-client.ts';
import type { Faults } from '../../infra/local/proxy/fault.ts';
import { signInAs } from '../../infra/local/sign-in/sign-in-as.ts';
import { type App, startApp } from '../support/app.ts';

describe('the first day of a system', { timeout: 60_000 }, () => {
  let app: App;
  /** Addresses to which SES refuses every mail, as it does in the sandbox. */
  const refused = new Set<string>();
  const faults: Faults = ({ service, body }) =>
    service === 'ses' && [...refused].some((address) => body.includes(encodeURIComponent(address)))
      ? { kind: 'error', status: 400, code: 'MessageRejected' }
      : undefined;
  beforeAll(async () => {
    app = await startApp({ faults });
    await writeAddresses(app.system.data, app.addresses);
  });
  afterAll(() => app.stop());

  /** A command as `npm run` starts it. */
  async function command(file: string, ...words: readonly string[]) {
    const args = [`infra/operate/${file}.ts`, ...words, '--data', app.system.data];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const code = new Promise<number | null>((resolve) => {
      child.on('exit', resolve);
    });
    const [out, fault] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, fault };
  }

  it('the first sign-in of the administrator of the settings made the organisation of the settings', async () => {
    const { code, out } = await command('call-command', 'GET', '/api/me');
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { email: 'admin@example.com', organisations: [{ name: 'Example', role: 'administrator' }] },
    ]);
  });

  it('anybody else who signs in is told what to do, and nothing is made', async () => {
    const { idToken } = await signInAs(String(app.system.outputs.IssuerOutput), 'eve@example.com');
    const { body } = await apiClient(app.addresses.api, idToken)('GET', '/api/me');
    expect(body.organisations).toEqual([]);
    expect(body.because).toContain('eve@example.com. Ask an administrator');
  });

  it('the smoke test sees an alert become an incident and a page, tells how long it took, and tidies up', async () => {
    const before = (await app.call('GET', '/api/integrations')).body.items;
    const { code, out, fault } = await command('smoke-command');
    expect([code, fault]).toEqual([0, '']);
    expect(out.split('\n').filter(Boolean)).toEqual([
      '1. A door for alerts was made.',
      expect.stringMatching(/^2\. The alert was accepted after \d+ ms\.$/),
      expect.stringMatching(/^3\. INC-\d+ was there after \d+ ms\.$/),
      expect.stringMatching(/^4\. The mail provider had the page to \S+ after \d+ ms\.$/),
      expect.stringMatching(/^INC-\d+ is resolved again\.$/),
      'The door is removed again.',
      `It works. Read the page at ${app.addresses.inbox}`,
    ]);
    const mails = await app.mailbox('ada@example.com');
    expect(mails.filter(({ subject }) => subject.includes('Smoke test: nothing is wrong'))).toHaveLength(1);
    expect(
      (await app.incidents('?state=open')).filter(({ service }) => service?.startsWith('smoke')),
    ).toEqual([]);
    expect((await app.call('GET', '/api/integrations')).body.items).toEqual(before);
  });

  it('a page that SES refuses is on record with the reason, and whoever is next is paged at once', async () => {
    refused.add('ada@example.com');
    await app.send('generic', { title: 'Invoices are late', service: 'invoices', severity: 'critical' });
    refused.clear();
    const [incident] = (await app.incidents('?state=open')).filter(({ service }) => service === 'invoices');
    const facts = await app.facts(incident?.id ?? '');
    expect(
      facts.filter(({ type }) => /refused|forward/.test(type)).map(({ type, data }) => [type, data]),
    ).toEqual([
      [
        'page.refused',
        expect.objectContaining({
          person: 'per_ada',
          reason: expect.stringContaining('Amazon SES refused it'),
        }),
      ],
      ['incident.brought-forward', expect.objectContaining({ step: 1 })],
    ]);
    const pages = (await app.mailbox('grace@example.com')).filter(({ subject }) =>
      subject.includes('Invoices'),
    );
    expect(pages).toHaveLength(1);
    const { body } = await app.call('GET', `/api/incidents/${incident?.id}/pages`);
    expect(body.items).toContainEqual(expect.objectContaining({ person: 'per_ada', step: 1 }));
  });

  it('the doctor finds a system that answers and whose queues are clean', async () => {
    const { code, out } = await command('doctor-command');
    expect(out).toContain(`answers at ${app.addresses.api}`);
    expect(out).toMatch(/^ok {7}No dead letters in \d+ queues$/m);
    expect([code, out.match(/^MISSING.*/gm)]).toEqual([0, null]);
  });
});
