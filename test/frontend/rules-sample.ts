import { configurationApi } from '../../shared/configuration/api.ts';
import { ago, configured } from './sample.ts';
import type { Answered, Call } from './stub-api.ts';

const ada = { kind: 'person', id: 'per_ada', name: 'Ada Lovelace' } as const;

/** Four rules as somebody writes them: one that counts, one that only sets, one that is off, one with a name that fits nowhere. */
export const writtenRules = [
  {
    id: 'owners',
    name: 'Owner by label',
    continue: true,
    conditions: { when: 'service=~"cart|checkout"' },
    actions: { set: { team: 'payments', severity: 'P2_HIGH' } },
  },
  {
    id: 'db-connections',
    name: 'Database connections',
    description: 'Three pools at once are an outage;\none alone heals.',
    conditions: {
      when: { all: ['env=~"prod|live"', { field: 'title', occurs: 'database.*connection.*fail' }] },
      ...{ threshold: 3, timeWindow: 180, minDuration: 300 },
    },
    group: { by: ['service', 'label:region'], window: 3_600 },
    actions: { assignToTeam: 'payments', escalateAfter: 300, cooldown: 600, autoResolve: 1_800 },
  },
  {
    id: 'synthetic-checks-of-the-payments-database-in-eu-central-1',
    name: 'Synthetic checks of payments-db-prod-eu-central-1-replica-03.cluster-cxyz123456789.eu-central-1.rds.amazonaws.com',
    enabled: false,
    conditions: { alertPattern: 'synthetic' },
    actions: { drop: true },
  },
  { id: 'cron', name: 'Cron', conditions: { alertPattern: 'Cron job' }, actions: { createIncident: false } },
];

const policies = [{ id: 'payments', name: 'Payments', levels: [{ targets: ['grace'], delay: 300 }] }];

/** The configuration in force with these rules, as the API answers; shadow rules and older versions as they are wanted. */
export const configuredWith = (rules: readonly object[], more: object = {}, version = 7) =>
  configurationApi.get.answer.parse({
    version,
    configuration: { ...configured.configuration, policies, rules, ...more },
  });

/** The versions, newest first, as the API answers. */
export const versions = configurationApi['list-versions'].answer.parse({
  items: [
    {
      ...{ version: 7, at: ago(90), by: ada, reason: 'Cron jobs wake nobody' },
      touched: { lists: { rules: ['cron', 'owners'] }, settings: ['detection'], more: 0 },
    },
    {
      ...{ version: 6, at: ago(60 * 26), by: ada, restores: 4, reason: 'It paged everybody' },
      touched: { lists: { rules: ['db-connections'], policies: ['payments'] }, settings: [], more: 0 },
    },
    { version: 5 },
  ],
});

const brief = (title: string, more: object = {}) => ({
  ...{ title, severity: 'P2_HIGH', service: 'checkout', rule: 'default', key: 'service=checkout' },
  ...{ openedAt: ago(600), alerts: 12, pages: 1, ...more },
});
const none = { total: 0, examples: [] };

/** What a draft would change, as the API answers. */
export const trial = configurationApi.simulate.answer.parse({
  words: [
    '14,210 signals of 388 alerts would make 31 incidents; the rules in force make 57.',
    "2 alerts would be in no incident, and are in one now: 'Disk full on db-3' and 1 more (Rule 'Cron' records its alerts without an incident).",
    'First pages: 29 instead of 51 (Payments (payments): 4 instead of 19, Everybody (everybody): 25 instead of 32).',
    "9 incidents would hold what is in 35 separate incidents now: 'Checkout fails', 'Search is slow', 'Disk full on db-3' and 6 more.",
  ],
  covered: { from: ago(60 * 24 * 7), until: ago(0), signals: 14_210, isComplete: true },
  ...{ signals: 14_210, alerts: 388 },
  active: { incidents: 57, pages: 51, reopened: 4, without: 3 },
  draft: { incidents: 31, pages: 29, reopened: 4, without: 5 },
  onlyActive: { total: 1, examples: [brief('Cron job 7 failed')] },
  onlyDraft: none,
  merged: {
    total: 9,
    examples: [
      {
        one: brief('Checkout answers 5xx', { alerts: 40 }),
        parts: {
          total: 4,
          examples: [brief('Cart is slow'), brief('Payment refused', { severity: 'P1_CRITICAL' })],
        },
      },
    ],
  },
  split: none,
  severity: {
    total: 1,
    examples: [{ active: brief('Disk is full', { severity: 'P4_LOW' }), draft: brief('Disk is full') }],
  },
  otherwise: none,
  policies: [
    { wakes: ['grace'], active: 32, draft: 25 },
    { policy: 'payments', wakes: ['primary', 'ada'], active: 19, draft: 4 },
    { policy: 'data', wakes: [], active: 0, draft: 0 },
  ],
  unpaged: none,
  newlyPaged: none,
  missed: {
    total: 2,
    examples: [
      {
        ...{ title: 'Disk full on db-3', service: 'checkout', firedAt: ago(900) },
        why: "Rule 'Cron' records its alerts without an incident",
      },
    ],
  },
  caught: none,
  unplaced: none,
  placed: none,
});

/** One of which not all was played, after an upload of which some bodies are no alert. */
export const partTrial = configurationApi.simulate.answer.parse({
  ...trial,
  covered: {
    ...trial.covered,
    isComplete: false,
    why: 'There are more than 20000 signals, of which 19870 were played',
  },
  refused: { total: 1, examples: [{ place: 3, errors: ['title: is missing; expected a text'] }] },
});

/** The plan of another configuration, as the API answers. */
export const planned = configurationApi.plan.answer.parse({
  words: ['1 to add, 1 to change, 1 to remove.'],
  version: 7,
  lists: { rules: { added: ['disks'], changed: ['cron'], removed: ['owners'], reordered: true } },
  ...{ detection: 'same', warRoom: 'same', runbooks: 'same', shadow: 'same' },
  changes: [{ path: 'rules[cron].conditions.alertPattern', before: 'Cron job', after: 'Cron job|Nightly' }],
  moreChanges: 0,
  warnings: ["'grace' cannot be reached at all: nobody has set up SMS."],
});

/** Answers about rules and versions: four rules in force, without shadow rules. */
export function rules(
  { method, path }: Call,
  inForce: object = configuredWith(writtenRules),
): Answered | undefined {
  if (path === '/api/config/plan') return { body: planned };
  if (path === '/api/rules/simulate') return { body: trial };
  if (method !== 'GET') return undefined;
  if (path === '/api/config') return { body: inForce };
  if (path === '/api/config/versions') return { body: versions };
  if (path === '/api/rules/shadow') return { body: { ...trial, since: ago(60 * 24 * 2) } };
  const [, version] = /^\/api\/config\/versions\/(\d+)$/.exec(path) ?? [];
  if (version !== undefined) {
    const { configuration } = configuredWith(version === '7' ? writtenRules : writtenRules.slice(1, 3));
    return { body: { version: Number(version), configuration } };
  }
  const rule = configuredWith(writtenRules).configuration.rules.find(({ id }) => path === `/api/rules/${id}`);
  return (
    rule && { body: { version: 7, place: 0, rule, history: versions.items.slice(0, 2), historyFrom: 2 } }
  );
}
