import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import {
  certificateFile,
  certificateIn,
  certificateKeyFile,
} from '../../../../infra/local/gateway/certificate.ts';
import { type Listening, listen } from '../../../../infra/local/gateway/listen.ts';
import { trustCertificateOf } from '../../../../infra/local/gateway/trust.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

const day = 24 * 60 * 60_000;
const folder = temporaryFolder();
afterAll(() => folder.remove());
const data = (name: string) => join(folder.path, name);

describe('the certificate of a data folder', () => {
  test('is made once, for localhost under each of its names, and no authority for others', async () => {
    const first = await certificateIn(data('a'));
    expect(await certificateIn(data('a'))).toEqual(first);
    const known = new X509Certificate(first.cert);
    expect(known.ca).toBe(false);
    for (const name of ['localhost']) expect(known.checkHost(name)).toBe(name);
    for (const address of ['127.0.0.1', '::1']) expect(known.checkIP(address)).toBe(address);
    expect(known.checkHost('example.com')).toBeUndefined();
    expect((await certificateIn(data('b'))).cert).not.toBe(first.cert);
  });

  test('has a key that only its owner reads', async () => {
    await certificateIn(data('a'));
    expect(statSync(join(data('a'), certificateKeyFile)).mode & 0o777).toBe(0o600);
  });

  test('is made anew a month before it ends, and where its files are of no use', async () => {
    const { cert } = await certificateIn(data('c'));
    const end = new X509Certificate(cert).validToDate.getTime();
    expect((await certificateIn(data('c'), end - 31 * day)).cert).toBe(cert);
    const later = await certificateIn(data('c'), end - 29 * day);
    expect(later.cert).not.toBe(cert);
    writeFileSync(join(data('c'), certificateKeyFile), (await certificateIn(data('d'))).key);
    const mended = await certificateIn(data('c'));
    expect([later.cert, cert]).not.toContain(mended.cert);
    writeFileSync(join(data('c'), certificateFile), 'not a certificate');
    expect((await certificateIn(data('c'))).cert).toContain('BEGIN CERTIFICATE');
  });
});

describe('a door with a certificate', () => {
  const doors: Listening[] = [];
  afterAll(() => Promise.all(doors.map((one) => one.stop())));
  const open = async (name: string) => {
    const certificate = await certificateIn(data(name));
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const door = await listen(0, async (_, response) => void response.end('here'), { log, certificate });
    doors.push(door);
    return { port: door.port, lines, ca: certificate.cert };
  };
  const get = (host: string, port: number, ca: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ host, port, ca, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.once('error', reject);
      sent.end();
    });

  test('answers who trusts it under each of its names, by TLS 1.2 or better', async () => {
    const { port, ca } = await open('a');
    for (const host of ['127.0.0.1', 'localhost']) expect(await get(host, port, ca)).toBe(200);
    const old = connect({ host: '127.0.0.1', port, ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
    await expect(new Promise((_, reject) => old.once('error', reject))).rejects.toThrow();
  });

  test('answers nobody who does not, or who speaks no TLS, and tells nobody of it', async () => {
    const { port, lines } = await open('a');
    await expect(fetch(`https://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
    expect(lines).toEqual([]);
  });

  test('is trusted by a command that was told its folder; a folder without one changes nothing', async () => {
    const { port } = await open('e');
    trustCertificateOf(data('nothing-here'));
    trustCertificateOf(data('e'));
    expect(await (await fetch(`https://localhost:${port}`)).text()).toBe('here');
    expect(readFileSync(join(data('e'), certificateFile), 'utf8')).toContain('BEGIN CERTIFICATE');
  });
});
