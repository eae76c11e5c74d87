import { join } from 'node:path';
import { runCommand } from '../../infra/local/cli/run-command.ts';
import { synthesize } from '../../infra/local/cli/synthesize.ts';
import { WrongLine } from '../../infra/local/cli/wrong-line.ts';
import { backlog } from './backlog.ts';
import { correlation } from './correlation.ts';
import { document } from './document.ts';
import { intake } from './intake.ts';
import { metrics } from './metrics.ts';
import { onCall } from './on-call.ts';
import { pages } from './pages.ts';
import { pipeline } from './pipeline.ts';
import { postMortem } from './post-mortem.ts';
import { replayed } from './replayed.ts';
import { room } from './room.ts';
import { rules } from './rules.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { timeline } from './timeline.ts';
import { units } from './units.ts';
import { week } from './week.ts';

const usage = `npm run bench -- [pipeline|storm|start|backlog|units|week|room|document|on-call|pages|metrics|timeline|post-mortem|rules|intake|correlation|replayed|all]

  pipeline   50 webhooks a second: until the incident is stored, until its e-mail is accepted; calls to AWS
  storm      the same ten alerts again and again, as fast as they are taken, one and 64 in a POST; first write units of an alert, to its
             first page too, alerts a second of one core, and storms of 10 s by virtual time beside other sources
  start      from the spawning of a thread until the handler of each bundle is ready
  backlog    a detector that stood still: how fast it works off what waits; \`-- backlog 100000\` for so many messages
  units      what DynamoDB, SQS and Lambda are paid for an alert that opens, joins, is repeated, ends; a page, an answer
  week       a week of on-call with twenty pages, by the moved clock
  room       a message in a war room of 50, 500 and 2,000 connections until all have it; \`-- room 500\` for rooms of at most so many
  document   2,000 edits of a shared document by five people with and without a bad network: until all are equal
  on-call    10,000 escalation timers by virtual time, in bad weather too; who is on call by 1,000 schedules, and 52 weeks of one
  pages      the status page and each page of the console in a browser on a slow phone: bytes, requests, until it can be used
  metrics    the dashboard over 1,000, 10,000 and 100,000 incidents, and its answer over 10,000 of the local engine
  timeline   the timeline of 1,000, 10,000 and 100,000 facts and its drawing
  post-mortem  one of 200 facts as Markdown, HTML and PDF, first and later, beside pdfkit and headless Chromium
  rules      matching and deciding with 10, 1,000 and 10,000 rules, with 10 to 100,000 open incidents; patterns beside V8
  intake     verify and translate by source, and one request by its alerts, beside JSON.parse; the code of Receive
  correlation  alerts of labelled outages put together, beside one incident per alert and one per service
  replayed   kept signals played through two rule sets and compared, by how many there are
  all        all of them (default), in some fifteen minutes`;

/** Each prints what it measured beside a baseline of the same run. Compare ratios: other work on the machine slows both. */
const benches: Readonly<Record<string, (assembly: string, count?: number) => Promise<string>>> = {
  pipeline,
  storm,
  start,
  backlog,
  units,
  week,
  room,
  document,
  'on-call': onCall,
  pages,
  metrics,
  timeline,
  'post-mortem': postMortem,
  rules,
  intake,
  correlation,
  replayed,
};

/** Benches that a number may follow. */
const counted: Readonly<Record<string, RegExp>> = {
  backlog: /^[1-9]\d{2,6}$/,
  room: /^([5-9]\d|[1-9]\d{2,3})$/,
};

async function run(name: string, count?: number): Promise<void> {
  const chosen = name === 'all' ? Object.values(benches) : [benches[name]];
  const begun = performance.now();
  const assembly = await synthesize(join(import.meta.dirname, '../..'));
  for (const bench of chosen) if (bench) process.stdout.write(`\n${await bench(assembly, count)}\n`);
  process.stdout.write(`\n${name}: ${Math.round((performance.now() - begun) / 1_000)} s\n`);
}

await runCommand(usage, async (args) => {
  const [name = 'all', messages, ...more] = args;
  if (name === '--help') return void process.stdout.write(`${usage}\n`);
  const isKnown = name === 'all' || Object.hasOwn(benches, name);
  const isCounted = messages === undefined || (counted[name]?.test(messages) ?? false);
  if (!isKnown || !isCounted || more.length > 0)
    throw new WrongLine(
      `Got "${args.join(' ')}"; allowed is one bench, and 100 to 9999999 after backlog, 50 to 9999 after room.`,
    );
  await run(name, messages === undefined ? undefined : Number(messages));
});
