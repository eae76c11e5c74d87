import type * as z from 'zod';
import { configurationApi } from '../../shared/configuration/api.ts';
import { identityApi } from '../../shared/identity/api.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { type Actor, idOf, MINUTE, toText } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';

type Incident = z.output<typeof incidentsApi.get.answer>;
type Fact = z.output<(typeof incidentsApi)['list-facts']['answer']>['items'][number];

/** So many minutes before now. */
export const ago = (minutes: number, seconds = 0): string =>
  toText(Date.now() - minutes * MINUTE - seconds * 1_000);
const ada: Actor = { kind: 'person', id: idOf('person', 1, 'ada'), name: 'Ada Lovelace' };
const detection: Actor = { kind: 'system', id: 'detection' };

/** Two organisations, of which most tests use the first. */
export const organisations = ['Acme Payments', 'Acme Logistics'].map((name) => ({
  id: idOf('organisation', 1, name),
  name,
  role: 'administrator' as const,
  person: ada.id,
}));

/** Who is signed in, as the API answers. */
export function me(count: number, role: 'administrator' | 'viewer' = 'administrator') {
  const of = organisations.slice(0, count).map((organisation) => ({ ...organisation, role }));
  return identityApi['get-me'].answer.parse({ kind: 'person', name: 'Ada Lovelace', organisations: of });
}

/** The configuration in force, as the API answers. */
export const configured = configurationApi.get.answer.parse({
  version: 1,
  configuration: { people: [{ id: 'grace', name: 'Grace Hopper', email: 'grace@example.com' }] },
});

/** The people of the organisation, as the API answers. */
export const members = identityApi['list-members'].answer.parse({
  items: [{ person: ada.id, name: 'Ada Lovelace', role: 'administrator' }],
});

const numbered = (number: number) => ({
  id: idOf('incident', 1, String(number)),
  number,
  name: `INC-${number}`,
  version: 2,
  generation: 1,
  openedBy: detection,
  updatedAt: ago(1),
  alerts: { total: 3, firing: 2, acknowledged: 0, resolved: 1, received: 1_204, countedUntil: ago(1) },
});

/** Open incidents of every severity and standing, one with a title that fits nowhere. */
export const open: readonly Incident[] = [
  {
    ...numbered(128),
    title: 'Checkout answers 5xx to one request in three',
    description:
      'Checkout answers 5xx to one request in three\n31 % of 4,200 requests a minute fail since the deploy of 10:02.\n\nRoll back first, ask later.',
    state: 'triggered',
    severity: 'P1_CRITICAL',
    service: 'checkout',
    runbook: 'https://wiki.example.com/runbooks/checkout#errors',
    correlation: { rule: 'by-service', key: 'service=checkout' },
    openedAt: ago(4, 12),
    step: 1,
    next: { step: 2, dueAt: toText(Date.now() + 50_000) },
  } as const,
  {
    ...numbered(127),
    title:
      'Replication lag of payments-db-prod-eu-central-1-replica-03.cluster-cxyz123456789.eu-central-1.rds.amazonaws.com is above 120 s for 10 minutes',
    state: 'acknowledged',
    severity: 'P2_HIGH',
    service: 'payments-database-replication-monitoring',
    openedAt: ago(95),
    acknowledgedAt: ago(90),
    acknowledgedBy: ada,
  } as const,
  {
    ...numbered(125),
    title: 'Disk of build-7 is 85 % full',
    state: 'triggered',
    severity: 'P3_MEDIUM',
    openedAt: ago(60 * 27),
    step: 3,
  } as const,
  {
    ...numbered(124),
    title: 'Certificate expires in 20 days',
    state: 'triggered',
    severity: 'P4_LOW',
    service: 'edge',
    openedAt: ago(60 * 50),
    step: 0,
  } as const,
  {
    ...numbered(119),
    title: 'Nightly report was late',
    state: 'triggered',
    severity: 'P5_INFO',
    service: 'reports',
    openedAt: ago(60 * 24 * 9),
    step: 0,
  } as const,
].map((incident) => incidentsApi.get.answer.parse(incident));

/** Texts that fit nowhere, in two directions. */
export const sprawling = incidentsApi.get.answer.parse({
  ...open[0],
  title: 'התשלום נכשל (payments-db) ב-31% מהבקשות',
  description: `שירות התשלומים אינו עונה מאז 10:02.\nSee ${'segment_'.repeat(25)} for the trace.\nמסד הנתונים: payments-db (replica 3)!`,
  service: 'תשלומים',
  runbook: 'Ask the people of payments',
  correlation: { rule: 'by-service', key: 'service=תשלומים, label:region=eu-central-1' },
});

/** Incidents that are over. */
export const resolved: readonly Incident[] = [
  {
    ...numbered(126),
    title: 'Search is slow',
    state: 'resolved',
    severity: 'P2_HIGH',
    service: 'search',
    openedAt: ago(300),
    resolvedAt: ago(200),
    resolvedBy: ada,
  } as const,
].map((incident) => incidentsApi.get.answer.parse(incident));

const told = (seq: number, minutes: number, type: string, data: object, actor: Actor = detection): Fact =>
  incidentsApi['list-facts'].answer.shape.items.element.parse({
    seq,
    id: `fct_${seq}`,
    type,
    occurredAt: ago(minutes),
    recordedAt: ago(minutes),
    actor,
    data,
  });

const entry = (title: string, state: string) => ({
  fingerprint: title,
  title,
  state,
  severity: 'P1_CRITICAL',
  at: ago(4),
});

const alert = (title: string, state: string, pod: string, count: object) => ({
  ...{ ...entry(title, state), ...count, links: [] },
  labels: { alertname: title, cluster: 'eu-1', namespace: 'checkout', pod },
});

/** The alerts of the first open incident: received often, once, and not counted yet. */
export const alerts = incidentsApi['list-alerts'].answer.parse({
  items: [
    alert('Error rate above 30 %', 'firing', 'checkout-7f9c4d5b8-x2x4z', {
      received: 1_201,
      lastReceivedAt: ago(2),
    }),
    alert('Latency p99 above 4 s', 'firing', 'checkout-7f9c4d5b8-x2x4z', {
      received: 1,
      lastReceivedAt: ago(4),
    }),
    alert('Health check of checkout-7f9c4d5b8-x2x4z.checkout.svc.cluster.local', 'resolved', 'checkout-55d', {
      received: 0,
    }),
  ],
  countedUntil: ago(1),
});

/** The log of the first open incident. */
export const facts: readonly Fact[] = [
  told(1, 4, 'incident.opened', {
    number: 128,
    title: 'Checkout answers 5xx to one request in three',
    severity: 'P1_CRITICAL',
    correlation: { rule: 'By service', key: 'service=checkout' },
    next: { step: 1, dueAt: ago(4) },
  }),
  told(2, 4, 'alerts.changed', {
    why: "Rule 'By service' (matches every alert); grouped by service=checkout",
    entries: [
      entry('Error rate above 30 %', 'firing'),
      entry('Latency p99 above 4 s', 'firing'),
      entry('Health check', 'resolved'),
    ],
  }),
  told(3, 4, 'incident.escalated', {
    generation: 1,
    step: 1,
    level: 1,
    targets: [
      { person: 'grace', channel: 'email' },
      { person: ada.id, channel: 'email' },
    ],
  }),
  told(4, 3, 'void', {}),
  told(5, 2, 'incident.severity-changed', { from: 'P2_HIGH', to: 'P1_CRITICAL' }, ada),
  told(6, 1, 'incident.noted', { text: 'Deploy 4711 went out at 10:02.\nRolling back now.' }, ada),
];

/** A fact that a person caused just now. */
export const happened = (seq: number, type: string, data: object): Fact => told(seq, 0, type, data, ada);

const lastOf = ({ id, name, title, state, severity, openedAt }: Incident) => ({
  ...{ id, name, title, state, severity, openedAt },
});

/** The services that the sample's incidents name, one of them with nothing open. */
export const catalogue = incidentsApi['list-services'].answer.parse({
  items: [...open, ...resolved].flatMap((incident) => {
    if (incident.service === undefined) return [];
    const isOpen = incident.state !== 'resolved';
    const counts = { open: Number(isOpen), triggered: Number(incident.state === 'triggered') };
    return [
      {
        name: incident.service,
        ...counts,
        ...(isOpen && { worst: incident.severity }),
        last: lastOf(incident),
      },
    ];
  }),
  unnamed: 1,
  since: ago(60 * 24 * 30),
});

export const grace = { id: 'grace', name: 'Grace Hopper' };
export const person = { id: 'ada', name: 'Ada Lovelace' };

/** Two policies, of which one has a level that reaches nobody. */
export const onCall = onCallApi['get-on-call'].answer.parse({
  at: ago(0),
  schedules: [
    {
      ...{ id: 'primary', name: 'Primary, weekly', timeZone: 'Europe/Zurich', person: grace },
      ...{ override: idOf('override', 1, 'sample'), until: ago(-60 * 20), next: { person } },
    },
    {
      id: 'office',
      name: 'Office hours',
      timeZone: 'America/New_York',
      until: ago(-60 * 9),
      next: { person },
    },
  ],
  policies: [
    {
      id: 'payments',
      name: 'Payments, around the clock',
      isDefault: true,
      repeat: 1,
      levels: [
        { level: 1, delay: 300, people: [grace], schedules: [{ id: 'primary', name: 'Primary, weekly' }] },
        { level: 2, delay: 600, people: [person, grace], severities: ['P1_CRITICAL', 'P2_HIGH'] },
      ],
      now: { level: 1, people: [grace] },
      next: { level: 2, people: [person, grace] },
      problems: [],
    },
    {
      id: 'data',
      name: 'Data platform',
      isDefault: false,
      repeat: 0,
      levels: [
        { level: 1, delay: 900, people: [], unknown: ['linus'] },
        { level: 2, delay: 3_600, people: [person] },
      ],
      now: { level: 2, people: [person] },
      problems: [
        "Level 1 names 'linus', who is not among the people.",
        'Level 1 reaches nobody and is passed over.',
      ],
    },
  ],
  administrators: [person],
  problems: [],
});
