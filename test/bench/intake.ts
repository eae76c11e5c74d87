import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AlertSource, type Source, sourceNames, sources } from '../../shared/alerts/index.ts';
import { secrets, World } from '../functions/alerts/world.ts';
import { fixtureText } from '../support/alert-fixture.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { bytesIn, readAtStart } from '../support/read-at-start.ts';
import { type Bundle, bundlesOf } from './bundles.ts';
import { figure, median, ratio, textTable } from './figures.ts';

/** Bodies of a source in one turn, in all. */
const BODIES = 400;
const TURNS = 9;

/** What receiving costs in our own code: by source, by request, and what a cold start has to read. */
export async function intake(assembly: string): Promise<string> {
  const rows = [];
  for (const source of sourceNames) rows.push(await bySource(source));
  return [
    `intake: verify, parse, translate and hand to the queue, beside JSON.parse of the same text alone (median of ${TURNS} turns of ${BODIES} bodies)`,
    textTable(['source', 'ours µs', 'JSON.parse µs', 'ratio', 'bytes in', 'bytes out'], rows),
    '',
    'intake: one request of Alertmanager in all of our code but AWS, by alerts in it',
    textTable(['alerts', 'µs a request', 'µs an alert', 'JSON.parse µs', 'ratio'], await bySize()),
    '',
    sizeOf(bundlesOf(assembly)),
  ].join('\n');
}

/** The recorded bodies of a source, without those whose names say that they are odd. */
function bodiesOf(source: Source): readonly string[] {
  const folder = join(import.meta.dirname, `../support/fixtures/alerts/${source}`);
  const names = readdirSync(folder).filter((name) => !name.startsWith('odd-'));
  return names.map((name) => fixtureText(`${source}/${name.replace(/\.json$/, '')}`));
}

async function bySource(source: Source): Promise<readonly string[]> {
  const bodies = bodiesOf(source);
  const world = new World();
  const { verification } = sources[source] as AlertSource;
  const secret = 'bench-secret';
  if (verification.scheme === 'hmac') world.signing[source] = [secret];
  const posts = bodies.map((body) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (verification.scheme === 'hmac') {
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      headers[verification.header] = `${verification.prefix ?? ''}${signature}`;
    }
    return { body, headers };
  });
  const ours = async () => {
    world.accepted.length = 0;
    world.kept.length = 0;
    for (let n = 0; n < BODIES; n++) {
      const { body, headers } = posts[n % posts.length] as (typeof posts)[number];
      await world.post(source, body, { headers, key: secrets[source] });
    }
  };
  const bare = () => {
    for (let n = 0; n < BODIES; n++) JSON.parse(bodies[n % bodies.length] as string);
  };
  const [mine, parse] = await turns(ours, bare);
  const bytesIn = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / bodies.length;
  const bytesOut = Buffer.byteLength(JSON.stringify(world.accepted)) / BODIES;
  const each = (total: number) => (total * 1_000) / BODIES;
  return [
    source,
    figure(each(mine)),
    figure(each(parse)),
    ratio(mine, parse),
    figure(bytesIn),
    figure(bytesOut),
  ];
}

async function bySize(): Promise<readonly (readonly string[])[]> {
  const rows = [];
  for (const alerts of [1, 64, 2_000]) {
    const each = Array.from({ length: alerts }, (_, n) => ({
      labels: { alertname: 'LatencyHigh', severity: 'critical', service: `s${n}`, instance: `i${n}.example` },
      startsAt: '2026-11-20T08:00:00Z',
    }));
    const body = JSON.stringify(alertmanagerBody(each));
    const world = new World();
    const times = Math.max(2, Math.round(BODIES / alerts));
    const ours = async () => {
      world.accepted.length = 0;
      world.kept.length = 0;
      for (let n = 0; n < times; n++) await world.post('alertmanager', body);
    };
    const bare = () => {
      for (let n = 0; n < times; n++) JSON.parse(body);
    };
    const [mine, parse] = await turns(ours, bare);
    const micro = (total: number) => (total * 1_000) / times;
    rows.push([
      String(alerts),
      figure(micro(mine)),
      figure(micro(mine) / alerts),
      figure(micro(parse)),
      ratio(mine, parse),
    ]);
  }
  return rows;
}

/** The medians of both in milliseconds of processor time, run in turns so that other work on the machine meets both. */
async function turns(ours: () => Promise<void>, bare: () => void): Promise<readonly [number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= TURNS; turn++)
    for (const [place, run] of [ours, bare].entries()) {
      const begun = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(begun);
      // The first time, code is compiled.
      if (turn > 0) times[place]?.push((user + system) / 1_000);
    }
  return [median(times[0]), Math.max(median(times[1]), 0.001)];
}

/** The code of the receiving function: what a cold start reads, which is its entry and what that imports, and all of it. */
function sizeOf(bundles: readonly Bundle[]): string {
  const receive = bundles.find(({ name }) => name === 'Receive');
  if (receive === undefined) throw new Error('There is no function Receive in the assembly');
  const all = readdirSync(receive.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(receive.folder, name))
    .filter((path) => path.endsWith('.mjs') && statSync(path).isFile());
  const rows = [
    ['a cold start reads', readAtStart(join(receive.folder, `${receive.name}.mjs`))] as const,
    ['in all', all] as const,
  ].map(([what, files]) => [
    what,
    String(files.length),
    kilobytes(bytesIn(files)),
    kilobytes(zippedIn(files)),
  ]);
  return [
    'intake: the code of Receive, without source maps',
    textTable(['', 'files', 'KB', 'KB gzip'], rows),
  ].join('\n');
}

const kilobytes = (bytes: number): string => String(Math.round(bytes / 1_024));

const zippedIn = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
