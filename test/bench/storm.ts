import { type Contender, type Counts, startContender } from './contender.ts';
import { detectorSpeed } from './detector.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { sendAtOnce } from './load.ts';
import { stormWorld } from './storm-world.ts';
import { tokenOf, webhooksOf } from './webhook.ts';
import { writeUnits } from './write-units.ts';

const FINGERPRINTS = 10;
const IN_FLIGHT = 64;

/** A storm: how many POSTs of how many alerts each, and how many of them warm up. */
interface Storm {
  readonly posts: number;
  readonly alerts: number;
  readonly warmUp: number;
}

const storms: readonly Storm[] = [
  { posts: 2_000, alerts: 1, warmUp: 300 },
  { posts: 500, alerts: 64, warmUp: 50 },
];

interface Outcome {
  readonly perSecond: number;
  readonly seconds: number;
  readonly counts: Counts;
}

/** Few alerts, each posted again and again as fast as it is taken: how fast, until when all is done, and whether the count is exact. First what alerts of a storm are billed, how fast a core decides them, and what they do to others. */
export async function storm(): Promise<string> {
  const texts: string[] = [await writeUnits(), await detectorSpeed(), await stormWorld()];
  for (const one of storms) texts.push(await played(one));
  return texts.join('\n\n');
}

async function played(storm: Storm): Promise<string> {
  const [ours, bare] = [await startContender('local-system.ts'), await startContender('bare-server.ts')];
  const { posts, alerts, warmUp } = storm;
  try {
    for (const one of [ours, bare]) await once(one, 'warm', { ...storm, posts: warmUp });
    const outcomes: [Outcome, Outcome][] = [];
    for (const name of ['a', 'b'])
      outcomes.push([await once(ours, name, storm), await once(bare, name, storm)]);
    return [
      `storm: ${posts} posts of ${alerts} alerts each, ${FINGERPRINTS} fingerprints, ${IN_FLIGHT} in flight, twice each in turns (A B A B)`,
      compared(outcomes, storm),
      counted(outcomes, storm),
    ].join('\n');
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

async function once({ url, settle, count }: Contender, name: string, storm: Storm): Promise<Outcome> {
  const { posts, alerts } = storm;
  const webhooks = Array.from({ length: posts }, (_, post) =>
    webhooksOf(Array.from({ length: alerts }, (_, i) => tokenOf(name, (post * alerts + i) % FINGERPRINTS))),
  );
  const before = await count();
  const sent = await sendAtOnce(url, webhooks, IN_FLIGHT);
  const { at: done } = await settle();
  const after = await count();
  const first = Math.min(...sent.map(({ at }) => at));
  const taken = Math.max(...sent.map(({ answeredAt }) => answeredAt));
  return {
    perSecond: posts / ((taken - first) / 1_000),
    seconds: (done - first) / 1_000,
    counts: {
      accepted: after.accepted - before.accepted,
      incidents: after.incidents - before.incidents,
      mails: after.mails - before.mails,
    },
  };
}

function compared(outcomes: readonly (readonly [Outcome, Outcome])[], { alerts }: Storm): string {
  const row = (what: string, of: (outcome: Outcome) => number) => {
    const [ours, bare] = [
      median(outcomes.map(([one]) => of(one))),
      median(outcomes.map(([, one]) => of(one))),
    ];
    return [what, figure(ours), figure(bare), ratio(ours, bare)];
  };
  return textTable(
    ['', 'ours', 'bare', 'ratio'],
    [
      row('posts taken per second', ({ perSecond }) => perSecond),
      row('alerts taken per second', ({ perSecond }) => perSecond * alerts),
      row('seconds until all is done', ({ seconds }) => seconds),
    ],
  );
}

/** Throws when a count is not exact. */
function counted(outcomes: readonly (readonly [Outcome, Outcome])[], { posts, alerts }: Storm): string {
  const accepted = posts * alerts;
  const right = JSON.stringify({ accepted, incidents: FINGERPRINTS, mails: FINGERPRINTS });
  const wrong = outcomes.flat().find(({ counts }) => JSON.stringify(counts) !== right);
  if (wrong) throw new Error(`The storm was counted as ${JSON.stringify(wrong.counts)} instead of ${right}`);
  return `  each time and both: ${accepted} alerts stored, ${FINGERPRINTS} incidents, ${FINGERPRINTS} sent on`;
}
