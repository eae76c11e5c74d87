import type { Happening } from './bill.ts';
import type { Line } from './declared.ts';
import { amount, dollars } from './dollars.ts';
import { grid } from './grid.ts';
import { afterFree, type Item, listPrice, prices, sum, type Usage } from './prices.ts';
import { scenarioNames } from './scenarios.ts';
import { assumed } from './work-usage.ts';

const head = `# What it costs

Every number here is computed, none was read off a bill: what an idle month needs is counted in the synthesized template and in idle
minutes of the local system, what an alert needs is counted call by call there, and both are multiplied by AWS's list prices for
us-east-1 in US dollars. \`npm run costs\` counts again and writes this page, its drawings and the README's numbers; a test fails
when they are not the computed ones, and a story counts again.

"Free" is what AWS gives every account each month for ever. What only a new account gets is left out, and so are taxes, data
transfer but that before the API (within the free amounts here), support, and the storage of what you keep: $${prices.storedGigabytes.usd} a GB and month beyond the
first ${prices.storedGigabytes.free} GB, and $${prices.backedUpGigabytes.usd} for its point-in-time recovery.
`;

/** The page docs/costs.md. */
export function costsPage(lines: readonly Line[], million: readonly Happening[]): string {
  return [
    head,
    '## An idle month\n',
    '![What an idle month consists of](costs-idle.svg)\n',
    idleTable(lines),
    'The same by what AWS bills, with what is free:\n',
    freeTable(sum(lines.map(({ month }) => month))),
    '## A million alerts\n',
    '![What a million alerts cost, by what they do](costs-alerts.svg)\n',
    millionTable(million),
    notes(),
    '## Units and calls of one\n',
    unitTable(million),
    '## Prices\n',
    priceTable(),
  ].join('\n');
}

function idleTable(lines: readonly Line[]): string {
  const groups = [...Map.groupBy(lines, ({ group }) => group)];
  const rows = groups.flatMap(([group, own]) => [
    [`**${group}**`, '', '', `**${dollars(listPrice(sum(own.map(({ month }) => month))))}**`],
    ...own.map(({ what, because, month }) => ['', what, because, dollars(listPrice(month))]),
  ]);
  const total = listPrice(sum(lines.map(({ month }) => month)));
  return grid(
    ['for', 'what', 'how much of it', 'USD a month'],
    [...rows, ['**all**', '', '', `**${dollars(total)}**`]],
  );
}

function freeTable(month: Usage): string {
  const rows = entriesOf(month).map(([item, used]) => {
    const { unit, free } = prices[item];
    const rest = Math.max(0, used - free);
    return [
      unit,
      amount(used),
      amount(free),
      dollars(listPrice({ [item]: used })),
      dollars(listPrice({ [item]: rest })),
    ];
  });
  const total = ['**all**', '', '', `**${dollars(listPrice(month))}**`, `**${dollars(afterFree(month))}**`];
  return grid(
    ['what is billed', 'used', 'free', 'USD at list prices', 'USD after what is free'],
    [...rows, total],
  );
}

const entriesOf = (usage: Usage) => Object.entries(usage).filter(([, used]) => used > 0) as [Item, number][];

const columns: Readonly<Record<string, readonly Item[]>> = {
  gateway: ['restRequests', 'cdnRequests', 'cdnRuns', 'cdnGigabytes', 'originGigabytes'],
  functions: ['invocations', 'gigabyteSeconds'],
  table: ['writeUnits', 'readUnits'],
  queues: ['queueRequests', 'fairQueueRequests'],
  logs: ['logGigabytes'],
  files: ['fileWrites', 'fileReads'],
  'e-mail': ['mails', 'mailsIn'],
};

function millionTable(million: readonly Happening[]): string {
  const rows = million.map(({ name, million: usage, traced }) => [
    scenarioNames[name],
    ...Object.values(columns).map((items) => dollars(listPrice(only(usage, items)))),
    dollars(listPrice(usage)),
    dollars(listPrice(traced)),
  ]);
  return grid(['a million times', ...Object.keys(columns), 'USD', 'tracing, at most'], rows);
}

const only = (usage: Usage, items: readonly Item[]): Usage =>
  Object.fromEntries(items.map((item) => [item, usage[item] ?? 0]));

const notes =
  () => `Each was played by itself, in a minute of its own, which is the dearest way: alerts that come together share calls. All that
follows is included, the safety net that sends once more and the counting a minute later. Time of functions is assumed: ${assumed.own} ms of
their own, ${assumed.call} ms for each call to AWS and ${assumed['ses SendEmail']} ms for an e-mail, one call after another. The gateway is
with the CDN before it, its function and its transfer, for ${amount(assumed.sent)} bytes that a request has and ${amount(assumed.answered)} that the answer has; the first ten million
requests, two million runs and 1,000 GB a month are free and not left out here.

Files are what is kept for people to look at: the body of a POST, at most five in ten seconds of one integration and process, and each mail
that was received. By its size SES bills a mail only from 256 KB on, which is not counted here.

Tracing (\`tracing\` in the settings) is billed by the trace. Lambda records the first request of each second and every twentieth of the
others, so a storm pays a twentieth of what the last column says, and alerts that come one by one pay all of it.
`;

function unitTable(million: readonly Happening[]): string {
  const one = (value = 0) => amount(value / 1_000_000);
  const rows = million.map(({ name, million: usage }) => [
    scenarioNames[name],
    one(usage.writeUnits),
    one(usage.readUnits),
    one(usage.queueRequests),
    one(usage.invocations),
    one(usage.gigabyteSeconds),
  ]);
  return grid(['one', 'write units', 'read units', 'queue requests', 'invocations', 'GB-s'], rows);
}

function priceTable(): string {
  const rows = Object.values(prices).map(({ unit, usd, per, free, source }) => [
    unit,
    `${usd}`,
    amount(per),
    amount(free),
    source,
  ]);
  return grid(['unit', 'USD', 'for', 'free a month', 'source'], rows);
}

/** The sentence of the README about costs. */
export function readmeParagraph(lines: readonly Line[], million: readonly Happening[]): string {
  const month = sum(lines.map(({ month }) => month));
  const of = (name: Happening['name']) => {
    const found = million.find((one) => one.name === name);
    return dollars(listPrice(found?.million ?? {}));
  };
  return `**Cost**, computed from the template and from counted calls at list prices of us-east-1, and measured on no bill: an idle month is
${dollars(listPrice(month))} US dollars, ${dollars(afterFree(month))} after what is free for ever. A million alerts are ${of('storm64')} dollars in a storm, ${of('repeat')} repeated one by one, ${of('joins')}
joining incidents, and ${of('opens')} when each opens an incident and sends an e-mail. [Line by line](docs/costs.md).`;
}
