import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AlertSource, type Source, sourceNames, sources } from '../../shared/alerts/index.ts';
import { secrets, World } from '../functions/alerts/world.ts';
import { fixtureText } from '../support/alert-fixture.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { bytesIn, readAtStart } from '../support/read-at-start.ts';
import { snsSigner } from '../support/sns-signer.ts';
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
    textTable(['source', 'bodies', 'ours µs', 'JSON.parse µs', 'ratio', 'bytes in', 'bytes out'], rows),
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

interface SignedPost {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The bodies of a source as it sends them, signed where it signs. */
async function postsOf(source: Source, world: World): Promise<readonly SignedPost[]> {
  const { verification } = sources[source] as AlertSource;
  const json = { 'content-type': 'application/json' };
  const bodies = bodiesOf(source);
  if (source === 'cloudwatch') return fromSns(bodies, world);
  if (verification.scheme !== 'hmac') return bodies.map((body) => ({ body, headers: json }));
  const secret = 'bench-secret';
  world.signing[source] = [secret];
  const { header, prefix = '' } = verification;
  return bodies.map((body) => {
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return { body, headers: { ...json, [header]: `${prefix}${signature}` } };
  });
}

/** Notifications of a topic; the questions whether it may send come once and not while alerts do. */
async function fromSns(bodies: readonly string[], world: World): Promise<readonly SignedPost[]> {
  const amazon = await snsSigner();
  return bodies
    .map((body) => JSON.parse(body) as Record<string, string>)
    .filter(({ Type }) => Type === 'Notification')
    .map((envelope) => {
      const [, , , region] = (envelope.TopicArn ?? '').split(':');
      const at = `https://sns.${region}.amazonaws.com/SimpleNotificationService-bench.pem`;
      world.pages[at] = { status: 200, body: amazon.cert };
      const signed = amazon.signed({ ...envelope, Timestamp: new Date(world.now).toISOString() }, at);
      return { body: JSON.stringify(signed), headers: { 'content-type': 'text/plain; charset=UTF-8' } };
    });
}

async function bySource(source: Source): Promise<readonly string[]> {
  const world = new World();
  const all = await postsOf(source, world);
  const statusOf = async ({ body, headers }: SignedPost): Promise<number> =>
    (await world.post(source, body, { headers: { ...headers }, key: secrets[source] })).reply.status;
  const statuses = await Promise.all(all.map(statusOf));
  // Some are recorded because they are refused.
  const posts = all.filter((_, i) => (statuses[i] ?? 0) < 300);
  if (posts.length === 0) throw new Error(`Nothing of ${source} was taken: ${statuses.join(', ')}`);
  const ours = async () => {
    world.accepted.length = 0;
    world.kept.length = 0;
    for (let n = 0; n < BODIES; n++) await statusOf(posts[n % posts.length] as SignedPost);
  };
  const bare = () => {
    for (let n = 0; n < BODIES; n++) JSON.parse((posts[n % posts.length] as SignedPost).body);
  };
  const [mine, parse] = await turns(ours, bare);
  const bytesIn = posts.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / posts.length;
  const bytesOut = Buffer.byteLength(JSON.stringify(world.accepted)) / BODIES;
  const each = (total: number) => (total * 1_000) / BODIES;
  return [
    ...[source, String(posts.length)],
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
      for (let n = 0; n < times; n++) {
        const { reply } = await world.post('alertmanager', body);
        if (reply.status >= 300) throw new Error(`Alertmanager was answered with ${reply.status}`);
      }
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
