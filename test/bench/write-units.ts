import { unitsToFirstPage } from '../support/first-page-units.ts';
import { type FunctionWorld, startWorld } from '../support/function-world.ts';
import { type Scene, unitsOf } from '../support/unit-scenes.ts';
import { figure, textTable } from './figures.ts';

/** What is counted, and the most that it may take while alerts are decided and kept. */
const scenes: readonly (readonly [name: string, scene: Scene, most: number])[] = [
  ['storm of ten alerts, 64 a POST', { posts: 300, alerts: 64, different: 10, warmUp: 20 }, 0.01],
  ['storm of ten alerts, one a POST', { posts: 1_000, alerts: 1, different: 10, warmUp: 40 }, 0.15],
  ['5,000 alerts that join one incident, 50 a POST', { posts: 100, alerts: 50, different: 5_000 }, 2.8],
  [
    'an alert that opens its own incident, ten a batch',
    { posts: 40, alerts: 1, different: 40, apart: true },
    16,
  ],
];

/** The most that an alert may take until its first page is on its way. */
const TO_FIRST_PAGE = 30;

/**
 * Write units of one alert of some 400 bytes in full batches of ten messages, indexes and transactions included: of all that detection
 * writes until it is decided and kept, and together with what counting its minute writes afterwards. And of one that opens its own
 * incident, what all workers write until its first page.
 */
export async function writeUnits(): Promise<string> {
  const world = await startWorld();
  try {
    const rows = [];
    for (const [name, scene, most] of scenes) {
      const { decided, counted } = await unitsOf(name, scene);
      rows.push([name, precise(decided), String(most), precise(counted)]);
    }
    return [
      'write units of an alert of 400 bytes, full batches',
      textTable(['', 'decided and kept', 'at most', 'and counted'], rows),
      '',
      `write units of an alert that opens its own incident, to the first page; at most ${TO_FIRST_PAGE} until the provider is called`,
      textTable(['', 'opened', 'planned', 'provider called', 'marked as sent'], await firstPages(world)),
    ].join('\n');
  } finally {
    await world.stop();
  }
}

const firstPages = async (world: FunctionWorld): Promise<readonly (readonly string[])[]> => {
  const rows = [];
  for (const [name, batch] of [
    ['ten a batch', 10],
    ['alone', 1],
  ] as const) {
    const { opened, planned, called, sent } = await unitsToFirstPage(world, name, batch);
    rows.push([name, ...[opened, planned, called, sent].map(precise)]);
  }
  return rows;
};

const precise = (units: number): string => (units < 1 ? units.toFixed(4) : figure(units));
